import Appwrite
import Foundation
import Testing

struct TeamTests {
    @Test func `teams are read page by page until one is not full`() async throws {
        let server = try WireServer { request in
            let isSecond =
                request.line.removingPercentEncoding?.contains(
                    "[100]}&queries[1]={\"method\":\"offset\",\"values\":[100]"
                ) == true
            let numbers = isSecond ? 101...103 : 1...100
            let teams = numbers.map { #"{"$id":"t\#($0)","name":"Team \#($0)","total":1}"# }.joined(
                separator: ","
            )
            return Sample.answer(200, #"{"total":103,"teams":[\#(teams)]}"#)
        }
        let teams = try await server.visitor().teams()
        #expect(teams.map(\.id) == (1...103).map { "t\($0)" })
        let targets = server.received.compactMap { $0.line.removingPercentEncoding }
        #expect(
            targets == [
                #"GET /v1/teams?queries[0]={"method":"limit","values":[100]}&queries[1]={"method":"offset","values":[0]}"#,
                #"GET /v1/teams?queries[0]={"method":"limit","values":[100]}&queries[1]={"method":"offset","values":[100]}"#,
            ]
        )
    }

    @Test func `a server that ignores the offset is not asked for ever`() async throws {
        let team = #"{"$id":"t1","name":"Team"}"#
        let page = Array(repeating: team, count: 100).joined(separator: ",")
        let server = try WireServer(Sample.answer(200, #"{"total":1,"teams":[\#(page)]}"#))
        _ = try await server.visitor().teams()
        #expect(server.received.count == 50)
    }

    @Test func `roles are the asked member's, and only confirmed`() async throws {
        let members = [("u1", true, "owner"), ("u1", false, "admin"), ("u2", true, "editor")].map {
            user,
            confirm,
            role in
            #"{"$id":"m","userId":"\#(user)","teamId":"t1","confirm":\#(confirm),"roles":["\#(role)"]}"#
        }
        let server = try WireServer(
            Sample.answer(200, #"{"total":3,"memberships":[\#(members.joined(separator: ","))]}"#)
        )
        #expect(try await server.visitor().memberships(ofTeam: "t1", userID: "u1") == ["owner"])
        #expect(
            server.received.first?.line.removingPercentEncoding
                == #"GET /v1/teams/t1/memberships?queries[0]={"attribute":"userId","method":"equal","values":["u1"]}"#
        )
    }
}
