import Ground
import Testing

@testable import DevIdentity

struct DemoUserFileTests {
    @Test func `a file needs an id and an address for each user`() throws {
        let text = #"{"users": [{"id": "ann", "email": "Ann@Example.com"}]}"#
        let users = try DemoUser.load(Array(text.utf8), file: "users.json")
        #expect(users.map(\.name) == ["ann"])
        #expect(users.map(\.email) == ["ann@example.com"])
        #expect(users[0].password == DemoUser.demoPassword)
        #expect(users[0].isVerified)
        #expect(!users[0].isBlocked)
    }

    @Test func `all that can be said of a user is read`() throws {
        let text = """
            {"password": "for-everybody", "users": [
                {"id": "a", "email": "a@example.com", "name": "Ann", "labels": ["pro"], "teams": ["staff", {"id": "board", "roles": ["chair"]}],
                 "phone": "+49301234567", "phone_verified": false, "authenticator": "gezd gnbv gy3t qojq"},
                {"id": "b", "email": "b@example.com", "password": "only-for-b", "verified": false, "blocked": true,
                 "mfa": true, "reset": true}
            ]}
            """
        let users = try DemoUser.load(Array(text.utf8), file: "users.json")
        #expect(users[0].name == "Ann")
        #expect(
            (users[0].labels, users[0].teams) == (["pro"], ["staff", DemoTeam("board", roles: ["chair"])])
        )
        #expect((users[0].phone, users[0].isPhoneVerified) == ("+49301234567", false))
        #expect(users[0].authenticator == Secret("gezd gnbv gy3t qojq"))
        #expect(users.map(\.password) == [Secret("for-everybody"), Secret("only-for-b")])
        #expect((users[1].isVerified, users[1].isBlocked) == (false, true))
        #expect((users[1].mfa, users[1].mustResetPassword) == (true, true))
    }

    static let broken = [
        ("[]", "not a JSON object"), ("{", "not a JSON object"), ("{}", "no list 'users'"),
        (#"{"users": [], "passwrd": "x"}"#, "unknown key 'passwrd' in the file"),
        (#"{"users": [{"email": "a@example.com"}]}"#, "user 1 has no valid id"),
        (#"{"users": [{"id": "a"}]}"#, "user 1 ('a') has no valid email"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "lables": []}]}"#, "unknown key 'lables' in user 1"),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "labels": "pro"}]}"#,
            "labels of user 1 is not a list of texts"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "teams": [{"id": "x"}]}]}"#,
            "teams of user 1 is not a list"
        ),
        (#"{"users": [{"id": "a", "email": "a@b.c", "phone": "0301234567"}]}"#, "user 1 has no valid phone"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "authenticator": "1"}]}"#, "user 1 has no valid authent"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "verified": "no"}]}"#, "verified of user 1 is neither"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "password": "short"}]}"#, "user 1 ('a') has a password"),
        (
            #"{"users": [{"id": "a", "email": "a@b.c"}, {"id": "a", "email": "d@b.c"}]}"#,
            "2 users have the id 'a'"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c"}, {"id": "d", "email": "A@b.c"}]}"#,
            "2 users have the email"
        ),
    ]

    @Test(arguments: broken)
    func `a mistake is named`(text: String, problem: String) throws {
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array(text.utf8), file: "users.json")
        }
        #expect(error.all.count == 1)
        #expect(error.description.hasPrefix("users.json: error: \(problem)"), "\(error)")
    }

    @Test func `a word that is nearly right is suggested, and all mistakes come at once`() throws {
        let text = #"{"users": [{"id": "a", "email": "a@b.c", "lables": [], "verifed": true}]}"#
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array(text.utf8), file: "users.json")
        }
        #expect(error.all.map(\.advice) == ["did you mean 'labels'?", "did you mean 'verified'?"])
    }
}
