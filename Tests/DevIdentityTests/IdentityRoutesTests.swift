import Foundation
import HTTPTypes
import Testing

@testable import DevIdentity

struct IdentityRoutesTests {
    @Test func `an identity is listed for its owner, and taken away by its owner alone`() async throws {
        let lab = Lab()
        let id = lab.store.transaction { directory in
            let identity = OAuthIdentity(
                id: "identity1",
                userID: "member",
                provider: "github",
                providerUID: "7",
                providerEmail: "member@example.com",
                created: directory.now
            )
            directory.identities.append(identity)
            return identity.id
        }
        try await lab.run { caller in
            let (member, other) = (try await caller.signIn(), try await caller.signIn("pro@example.com"))
            let list = try await caller.ask(.get, "/account/identities", as: .session(member))
            #expect(list.json["total"] == 1)
            #expect(list.json["identities"]?.list?.first?["provider"] == "github")
            for (owner, count) in [("member", 1), ("pro", 0)] {
                let query =
                    #"/users/identities?queries[0]={"method":"equal","attribute":"userId","values":["\#(owner)"]}"#
                    .addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
                #expect(try await caller.ask(.get, query, as: .key).json["total"] == JSONValue(count))
            }
            #expect(try await caller.ask(.get, "/users/identities").type == "general_unauthorized_scope")
            let path = "/account/identities/\(id)"
            let refused = try await caller.ask(.delete, path, as: .session(other))
            #expect((refused.status, refused.type) == (404, "user_identity_not_found"))
            #expect(try await caller.ask(.delete, path, as: .session(member)).status == 204)
            let after = try await caller.ask(.get, "/account/identities", as: .session(member))
            #expect(after.json["total"] == 0)
        }
    }

    @Test(arguments: [
        ("+49301234567", "open-the-gate", 200, ""),
        ("+49301234567", "wrong-gate", 401, "user_invalid_credentials"),
        ("030123456", "open-the-gate", 400, "general_argument_invalid"),
        ("+0301234567", "open-the-gate", 400, "general_argument_invalid"),
    ])
    func `a phone number is changed with the password`(
        phone: String,
        password: String,
        status: Int,
        type: String
    )
        async throws
    {
        try await Lab().run { caller in
            let body: JSONValue = ["phone": .text(phone), "password": .text(password)]
            let secret = try await caller.signIn()
            let reply = try await caller.ask(.patch, "/account/phone", as: .session(secret), body)
            #expect((reply.status, reply.type) == (status, type))
            guard status == 200 else { return }
            #expect(reply["phone"] == phone)
            let other = try await caller.signIn("pro@example.com")
            let taken = try await caller.ask(.patch, "/account/phone", as: .session(other), body)
            #expect((taken.status, taken.type) == (409, "user_phone_already_exists"))
        }
    }
}
