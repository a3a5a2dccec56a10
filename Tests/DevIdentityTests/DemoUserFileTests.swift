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
        ("[]", "1:1", "the file must be a table of keys and values, found a list"),
        ("{}", "1:1", "the key 'users' is missing"),
        (#"{"users": [], "passwrd": "x"}"#, "1:15", "unknown key 'passwrd'"),
        (#"{"users": [{"email": "a@example.com"}]}"#, "1:12", "the key 'id' is missing"),
        (#"{"users": [{"id": "a"}]}"#, "1:12", "the key 'email' is missing"),
        ("users:\n  - id: a/b\n    email: a@b.c", "2:9", "id must be 1 to 36 of"),
        ("users:\n  - id: a\n    email: a", "3:12", "email must be an e-mail address, found 'a'"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "lables": []}]}"#, "1:42", "unknown key 'lables'"),
        (#"{"users": [{"id": "a", "email": "a@b.c", "labels": "pro"}]}"#, "1:52", "labels must be a list"),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "teams": [{"id": "x"}]}]}"#, "1:52",
            "the key 'roles' is"
        ),
        (#"{"users": [{"id": "a", "email": "a@b.c", "teams": ["x/y"]}]}"#, "1:52", "no team is called that"),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "phone": "0301234567"}]}"#, "1:51",
            "phone must be '+' and"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "authenticator": "1"}]}"#, "1:59",
            "authenticator must be"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "verified": "no"}]}"#, "1:54",
            "verified must be true or"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c", "password": "short"}]}"#, "1:54",
            "Appwrite refuses this"
        ),
        (
            "{\"users\": [{\"id\": \"a\", \"email\": \"a@b.c\"},\n{\"id\": \"a\", \"email\": \"d@b.c\"}]}",
            "2:8", "another user has the id 'a'"
        ),
        (
            #"{"users": [{"id": "a", "email": "a@b.c"}, {"id": "d", "email": "A@b.c"}]}"#, "1:64",
            "another user has the email 'a@b.c'"
        ),
    ]

    @Test(arguments: broken)
    func `a mistake is named where it stands`(text: String, place: String, problem: String) throws {
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array(text.utf8), file: "users.json")
        }
        #expect(error.all.count == 1)
        #expect(error.description.hasPrefix("users.json:\(place): error: \(problem)"), "\(error)")
    }

    @Test(arguments: ["{", "{\"users\": [{\"id\": \"a\", \"id\": \"b\"}]}", "\u{1}"])
    func `what is no yaml is refused with its place`(text: String) throws {
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array(text.utf8), file: "users.json")
        }
        #expect(error.description.contains(#/^users.json:[12]:[0-9]+: error: /#), "\(error)")
    }

    @Test func `a password that is too short is not shown`() throws {
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array("password: hush\nusers: []".utf8), file: "users.yaml")
        }
        #expect(!error.description.contains("hush"))
    }

    @Test func `a word that is nearly right is suggested, and all mistakes come at once`() throws {
        let text = #"{"users": [{"id": "a", "email": "a@b.c", "lables": [], "verifed": true}]}"#
        let error = try #require(throws: Diagnostics.self) {
            try DemoUser.load(Array(text.utf8), file: "users.json")
        }
        #expect(error.all.map(\.advice) == ["did you mean 'labels'?", "did you mean 'verified'?"])
    }
}
