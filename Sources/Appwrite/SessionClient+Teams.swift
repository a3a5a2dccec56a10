import FoundationEssentials
import HTTPTypes

extension SessionClient {
    /// All teams that the account has joined.
    ///
    /// One call for each hundred of them, and at most the first 5000: Appwrite skips no further.
    package func teams() async throws(AppwriteFailure) -> [Team] {
        var teams: [Team] = []
        for page in 0..<Self.mostPages {
            var call = call(.get, "/teams")
            call.query = ListQuery.parameters([.limit(Self.pageSize), .offset(page * Self.pageSize)])
            let found = try await wire.answer(to: call, as: TeamList.self).teams
            teams += found
            if found.count < Self.pageSize { return teams }
        }
        return teams
    }

    /// The roles of one member in one team, empty where the membership is not confirmed.
    ///
    /// `notFound` where the asking account is not in the team.
    package func memberships(ofTeam team: String, userID: String) async throws(AppwriteFailure) -> [String] {
        var call = call(.get, "/teams/\(try Identifier.segment(team, "team id"))/memberships")
        call.query = ListQuery.parameters([.equal("userId", userID)])
        let page = try await wire.answer(to: call, as: MembershipList.self).memberships
        return page.filter { $0.userID == userID && $0.isConfirmed }.flatMap(\.roles)
    }

    private static let pageSize = 100
    private static let mostPages = 50
}

/// What narrows a list: each query is a JSON object in a parameter of its own.
struct ListQuery: Encodable {
    private let method: String
    private let attribute: String?
    private let values: [Value]

    static func limit(_ count: Int) -> ListQuery {
        ListQuery(method: "limit", attribute: nil, values: [.number(count)])
    }
    static func offset(_ count: Int) -> ListQuery {
        ListQuery(method: "offset", attribute: nil, values: [.number(count)])
    }
    static func cursorAfter(_ id: String) -> ListQuery {
        ListQuery(method: "cursorAfter", attribute: nil, values: [.text(id)])
    }
    static func equal(_ attribute: String, _ value: String) -> ListQuery {
        ListQuery(method: "equal", attribute: attribute, values: [.text(value)])
    }

    /// Named `queries[0]`, `queries[1]` and so on.
    static func parameters(_ queries: [ListQuery]) -> [(name: String, value: String)] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return queries.enumerated().compactMap { position, query in
            // Texts and numbers always encode.
            (try? encoder.encode(query)).map { ("queries[\(position)]", String(decoding: $0, as: UTF8.self)) }
        }
    }

    private enum Value: Encodable {
        case text(String)
        case number(Int)

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .number(let number): try container.encode(number)
            }
        }
    }
}
