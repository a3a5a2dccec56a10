import Foundation
import Ground
import HTTPTypes
import Testing

@testable import DevIdentity

struct UserRoutesTests {
    @Test func `labels are set by key and seen at the next read`() async throws {
        try await Lab().run { caller in
            let secret = Credential.session(try await caller.signIn())
            let labels: JSONValue = ["labels": .list(["pro", "vip", "pro"])]
            #expect(try await caller.ask(.put, "/users/member/labels", as: .key, labels).status == 200)
            let account = try await caller.ask(.get, "/account", as: secret)
            #expect(account.json["labels"] == .list(["pro", "vip"]))
        }
    }

    @Test func `users are listed page by page, and found by their address`() async throws {
        try await Lab().run { caller in
            func ids(_ queries: [String]) async throws -> [String] {
                let query = queries.enumerated().map { "queries[\($0.offset)]=\($0.element)" }
                let text =
                    query.joined(separator: "&")
                    .addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
                let reply = try await caller.ask(.get, "/users?\(text)", as: .key)
                return reply.json["users"]?.list?.compactMap { $0["$id"]?.text } ?? []
            }
            let all = try await ids([])
            #expect(all.count > 2)
            let first = try await ids([#"{"method":"limit","values":[2]}"#])
            #expect(first == Array(all.prefix(2)))
            let rest = try await ids([#"{"method":"cursorAfter","values":["\#(first[1])"]}"#])
            #expect(rest == Array(all.dropFirst(2)))
            let email = #"{"method":"equal","attribute":"email","values":["member@example.com"]}"#
            #expect(try await ids([email]) == ["member"])
            let lost =
                #"/users?queries[0]={"method":"cursorAfter","values":["nobody"]}"#
                .addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? ""
            #expect(try await caller.ask(.get, lost, as: .key).type == "general_cursor_not_found")
            #expect(try await caller.ask(.get, "/users").type == "general_unauthorized_scope")
        }
    }

    @Test func `a user's memberships are listed for the key`() async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.get, "/users/staff/memberships", as: .key)
            #expect(reply.json["memberships"]?.list?.first?["teamId"] == "staff")
            let none = try await caller.ask(.get, "/users/member/memberships", as: .key)
            #expect(none.json["total"] == 0)
        }
    }

    static let labels: [JSONValue] = [
        [:], ["labels": "pro"], ["labels": .list(["not-plain"])], ["labels": .list([""])],
        ["labels": .list([1])],
        ["labels": .list([.text(String(repeating: "a", count: 37))])],
    ]

    @Test(arguments: labels)
    func `a label is 1 to 36 letters and digits`(body: JSONValue) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.put, "/users/member/labels", as: .key, body)
            #expect((reply.status, reply.type) == (400, "general_argument_invalid"))
        }
    }

    @Test func `a blocked user's sessions stay and revive`() async throws {
        try await Lab().run { caller in
            let secret = Credential.session(try await caller.signIn())
            #expect(
                try await caller.ask(.patch, "/users/member/status", as: .key, ["status": false]).status
                    == 200
            )
            #expect(try await caller.ask(.get, "/account", as: secret).type == "user_blocked")
            #expect(
                try await caller.ask(.patch, "/users/member/status", as: .key, ["status": true]).status == 200
            )
            #expect(try await caller.ask(.get, "/account", as: secret).status == 200)
        }
    }

    @Test func `a removed user is a guest`() async throws {
        try await Lab().run { caller in
            let secret = Credential.session(try await caller.signIn())
            #expect(try await caller.ask(.delete, "/users/member", as: .key).status == 204)
            #expect(try await caller.ask(.get, "/account", as: secret).type == "general_unauthorized_scope")
            #expect(try await caller.ask(.get, "/users/member", as: .key).type == "user_not_found")
        }
    }

    @Test(arguments: ["sessions.write", "users.write"])
    func `either scope ends a session by key, without a limit`(scope: String) async throws {
        let lab = Lab { $0.keys = [.init(secret: .init(Lab.keyText), scopes: ["sessions.write", scope])] }
        try await lab.run { caller in
            _ = try await caller.signIn()
            let id = try #require(lab.store.sessionIDs(ofUser: "member").first)
            let mismatch = try await caller.ask(.delete, "/users/pro/sessions/\(id)", as: .key)
            #expect((mismatch.status, mismatch.type) == (404, "user_session_not_found"))
            let reply = try await caller.ask(.delete, "/users/member/sessions/\(id)", as: .key)
            #expect(reply.status == 204)
            #expect(reply[header: "X-RateLimit-Limit"] == nil)
        }
        #expect(lab.store.sessionCount == 0)
    }

    @Test func `a guest's sessions.write ends nobody's session`() async throws {
        let lab = Lab()
        try await lab.run { caller in
            _ = try await caller.signIn()
            let id = try #require(lab.store.sessionIDs(ofUser: "member").first)
            #expect(try await caller.ask(.delete, "/users/member/sessions/\(id)").type == "user_not_found")
        }
        #expect(lab.store.sessionCount == 1)
    }

    static let administration: [(HTTPRequest.Method, String)] = [
        (.get, "/users/member"), (.delete, "/users/member"), (.put, "/users/member/labels"),
        (.patch, "/users/member/status"), (.post, "/users/member/tokens"), (.post, "/users"),
    ]

    @Test(arguments: administration)
    func `administration is for keys`(method: HTTPRequest.Method, path: String) async throws {
        try await Lab().run { caller in
            let secret = Credential.session(try await caller.signIn())
            for credential in [Credential.none, secret] {
                let reply = try await caller.ask(method, path, as: credential, [:])
                #expect((reply.status, reply.type) == (401, "general_unauthorized_scope"))
            }
        }
    }

    @Test func `a key makes accounts, with or without an address`() async throws {
        try await Lab().run { caller async throws in
            let full: JSONValue = ["userId": "nia", "email": "nia@example.com", "password": "long-enough"]
            #expect(try await caller.ask(.post, "/users", as: .key, full)["$id"] == "nia")
            #expect(try await caller.ask(.post, "/users", as: .key, full).type == "user_already_exists")
            #expect(try await caller.ask(.post, "/users", as: .key, ["userId": "bare"]).status == 201)
        }
    }
}
