import Appwrite
import FoundationEssentials
import Ground
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Settings

/// Everything that Appwrite knows of a member, for them to take along (GDPR, article 20).
struct AccountData: Sendable {
    let desk: Desk

    func download(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, of: arrival)
        return try await desk.asOwner(arrival, then: desk.auth.routes.account) { owner in
            let data = try await data(of: owner, arrival)
            var response = try Response.json(data)
            response.headers[.contentDisposition] = "attachment; filename=\"account.json\""
            return response
        }
    }
}

extension AccountData {
    private struct Everything: Encodable {
        let account: JSONObject
        let preferences: JSONObject
        let sessions: [JSONItem]
        let identities: [JSONItem]
        let teams: [JSONItem]
    }

    /// All of it or nothing: half of it would look like the whole.
    private func data(of owner: Owner, _ arrival: Arrival) async throws(Problem) -> Everything {
        do {
            async let account = owner.client.accountData()
            async let preferences = owner.client.preferences()
            async let sessions = owner.client.sessionData()
            async let identities = owner.client.identityData()
            async let teams = owner.client.teamData()
            return Everything(
                account: try await account,
                preferences: try await preferences,
                sessions: try await sessions.map(Self.withoutSecrets),
                identities: try await identities.map(Self.withoutSecrets),
                teams: try await teams
            )
        } catch {
            let failure = error as? AppwriteFailure ?? .cancelled
            throw desk.problem(failure, "the account's data cannot be read", owner, arrival)
        }
    }

    /// What opens an account, here or at a provider, is no data to keep in a file.
    private static let secrets: Set<String> = ["secret", "providerAccessToken", "providerRefreshToken"]

    private static func withoutSecrets(_ item: JSONItem) -> JSONItem {
        guard case .object(let members) = item else { return item }
        return .object(members.filter { !secrets.contains($0.key) })
    }
}
