import HTTPTypes
import Testing

@testable import DevIdentity

struct TeamRoutesTests {
    @Test func `a member sees their own teams, a key sees all`() async throws {
        try await Lab().run { caller in
            let staff = Credential.session(try await caller.signIn("staff@example.com"))
            let member = Credential.session(try await caller.signIn())
            let own = try await caller.ask(.get, "/teams", as: staff)
            #expect(own.json["total"] == 1)
            #expect(own.json["teams"]?.list?.first?["$id"] == "staff")
            #expect(try await caller.ask(.get, "/teams", as: member).text == "{\"total\":0,\"teams\":[]}")
            #expect(try await caller.ask(.get, "/teams", as: .key).json["total"] == 1)
            #expect(try await caller.ask(.get, "/teams").type == "general_unauthorized_scope")
        }
    }

    @Test(arguments: ["/teams/staff", "/teams/nowhere", "/teams/staff/memberships"])
    func `a team is not found by those who are not in it`(path: String) async throws {
        try await Lab().run { caller in
            let member = Credential.session(try await caller.signIn())
            let reply = try await caller.ask(.get, path, as: member)
            #expect((reply.status, reply.type) == (404, "team_not_found"))
        }
    }

    @Test func `memberships can be asked for by user`() async throws {
        try await Lab().run { caller in
            let body: JSONValue = ["userId": "pro", "roles": .list(["editor"])]
            #expect(try await caller.ask(.post, "/teams/staff/memberships", as: .key, body).status == 201)
            let staff = Credential.session(try await caller.signIn("staff@example.com"))
            let all = try await caller.ask(.get, "/teams/staff/memberships", as: staff)
            #expect(all.json["total"] == 2)
            let query = FormText.encoded(#"{"method":"equal","attribute":"userId","values":["pro"]}"#)
            let one = try await caller.ask(
                .get,
                "/teams/staff/memberships?queries%5B0%5D=\(query)",
                as: staff
            )
            let found = try #require(one.json["memberships"]?.list)
            #expect(found.map { $0["userEmail"]?.text } == ["pro@example.com"])
            #expect(found.first?["roles"] == .list(["editor"]))
            #expect(found.first?["confirm"] == true)
            // When somebody was last seen is not for other members.
            #expect(found.first?["userAccessedAt"] == "")
        }
    }

    @Test func `pages of a list are cut by limit and offset`() async throws {
        try await Lab().run { caller in
            for team in ["a", "b", "c"] {
                let body: JSONValue = ["teamId": .text(team), "name": .text("Team \(team)")]
                #expect(try await caller.ask(.post, "/teams", as: .key, body).json["total"] == 0)
            }
            let limit = FormText.encoded(#"{"method":"limit","values":[2]}"#)
            let offset = FormText.encoded(#"{"method":"offset","values":[1]}"#)
            let list = try await caller.ask(.get, "/teams?queries[0]=\(limit)&queries[1]=\(offset)", as: .key)
            #expect(list.json["total"] == 4)
            #expect(list.json["teams"]?.list?.map { $0["$id"]?.text } == ["a", "b"])
            let found = try await caller.ask(.get, "/teams?search=team%20c", as: .key)
            #expect(found.json["total"] == 1)
        }
    }

    @Test(arguments: [
        "nonsense", #"{"method":"equal","attribute":"password","values":["x"]}"#, #"{"method":"limit"}"#,
    ])
    func `a query that is no good is refused`(query: String) async throws {
        try await Lab().run { caller in
            let reply = try await caller.ask(.get, "/teams?queries[]=\(FormText.encoded(query))", as: .key)
            #expect((reply.status, reply.type) == (400, "general_query_invalid"))
        }
    }

    @Test func `a member makes a team, owns it and can end it`() async throws {
        try await Lab().run { caller in
            let member = Credential.session(try await caller.signIn())
            let team = try await caller.ask(.post, "/teams", as: member, ["teamId": "own", "name": "Own"])
            #expect((team.status, team.json["total"]) == (201, 1))
            let again = try await caller.ask(.post, "/teams", as: member, ["teamId": "own", "name": "Own"])
            #expect((again.status, again.type) == (409, "team_already_exists"))
            #expect(try await caller.ask(.delete, "/teams/own", as: member).status == 204)
            #expect(try await caller.ask(.get, "/teams/own", as: member).type == "team_not_found")
        }
    }

    static let refusals: [(JSONValue, Int, String)] = [
        (["userId": "staff", "roles": .list([])], 409, "membership_already_confirmed"),
        (["userId": "nobody", "roles": .list([])], 404, "user_not_found"),
        (["userId": "pro", "email": "member@example.com", "roles": .list([])], 409, "user_already_exists"),
        (["userId": "pro"], 400, "general_argument_invalid"),
        (["roles": .list([])], 400, "general_argument_invalid"),
    ]

    @Test(arguments: refusals)
    func `a membership that cannot be made says why`(body: JSONValue, status: Int, type: String) async throws
    {
        try await Lab().run { caller in
            let reply = try await caller.ask(.post, "/teams/staff/memberships", as: .key, body)
            #expect((reply.status, reply.type) == (status, type))
        }
    }

    @Test func `a membership belongs to its team, and goes when it is deleted`() async throws {
        try await Lab().run { caller in
            try await caller.ask(.post, "/teams", as: .key, ["teamId": "other", "name": "Other"])
            let list = try await caller.ask(.get, "/teams/staff/memberships", as: .key)
            let id = try #require(list.json["memberships"]?.list?.first?["$id"]?.text)
            #expect(
                try await caller.ask(.get, "/teams/staff/memberships/\(id)", as: .key)["userId"] == "staff"
            )
            let other = try await caller.ask(.get, "/teams/other/memberships/\(id)", as: .key)
            #expect((other.status, other.type) == (404, "team_membership_mismatch"))
            #expect(try await caller.ask(.delete, "/teams/staff/memberships/\(id)", as: .key).status == 204)
            let gone = try await caller.ask(.get, "/teams/staff/memberships/\(id)", as: .key)
            #expect((gone.status, gone.type) == (404, "membership_not_found"))
        }
    }

    @Test func `an owner cannot invite, as no invitation is mailed`() async throws {
        try await Lab().run { caller in
            let member = Credential.session(try await caller.signIn())
            try await caller.ask(.post, "/teams", as: member, ["teamId": "own", "name": "Own"])
            let body: JSONValue = [
                "email": "pro@example.com", "roles": .list([]), "url": "http://localhost/x",
            ]
            let reply = try await caller.ask(.post, "/teams/own/memberships", as: member, body)
            #expect((reply.status, reply.type) == (503, "general_smtp_disabled"))
        }
    }
}
