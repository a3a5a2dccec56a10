import Appwrite
import Ground
import HTTPTypes
import Hooks
import Hummingbird
import Logging
import Settings

/// Signing in by way of an OAuth provider: `createOAuth2Token`, the provider, and back with `userId` and `secret`.
struct OAuth: Sendable {
    let desk: Desk

    func start(_ provider: OAuthProvider, _ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.oauth, arrival.address)
        let (nonce, cookie) = desk.trips.begin(towards: desk.target(arrival.query["to"]).encoded)
        do {
            let location = try await desk.admin.oauth2Token(
                provider: provider.name,
                success: returnAddress("success", nonce),
                failure: returnAddress("failure", nonce),
                scopes: provider.scopes
            )
            var response = Response.seeOther(location, cookies: [cookie])
            response.headers[.referrerPolicy] = "no-referrer"
            return response
        } catch {
            desk.note(error, "OAuth start failed", arrival)
            throw Problem(error)
        }
    }

    func success(_ arrival: Arrival) async throws -> Response {
        guard let target = desk.trips.target(for: arrival.query[OAuthTrip.parameter], in: arrival.fields)
        else {
            throw Problem.strangeTrip
        }
        try spend(arrival)
        let session = try await session(arrival)
        let lead: Desk.Lead = arrival.fields.wantsJSON ? .json : .hop(desk.target(target))
        return try await desk.welcome(
            session,
            arrival,
            lead,
            way: Self.way(session.provider),
            cookies: [desk.trips.cleared]
        )
    }

    func failure(_ arrival: Arrival) throws -> Response {
        guard desk.trips.target(for: arrival.query[OAuthTrip.parameter], in: arrival.fields) != nil else {
            throw Problem.strangeTrip
        }
        try spend(arrival)
        let reason = OAuthRefusal(arrival.query["error"])
        desk.tell(.refused, arrival, way: "oauth", reason: reason.type)
        throw reason.problem
    }
}

extension OAuth {
    /// What events call it.
    private static func way(_ provider: String) -> String { "oauth:\(provider)" }

    /// In bytes: what ends an OAuth trip is a token of 64 hexadecimal digits, or a JWT around it (contract of Appwrite 1.9).
    ///
    /// The same call takes the short codes that Appwrite sends by mail. The API key lifts Appwrite's own limit on
    /// guessing those, so nothing short may come this way.
    private static let shortestSecret = 64

    private func session(_ arrival: Arrival) async throws(Problem) -> Session {
        guard let userID = arrival.query["userId"], (1...36).contains(userID.utf8.count),
            let secret = arrival.query["secret"], secret.utf8.count >= Self.shortestSecret
        else { throw .wrongToken }
        try desk.limits.check(.oauth, arrival.address)
        try desk.limits.check(.oauthUser, key: userID)
        do {
            let session = try await desk.admin.createSession(
                userID: userID,
                secret: Secret(secret),
                for: arrival.caller
            )
            // A token of another kind, long enough by chance of how it was made: not a way in that this site has.
            guard desk.auth.oauth.contains(where: { $0.name == session.provider }) else {
                try await desk.endAtAppwrite(session.id, of: session.userID, as: session.secret, for: arrival)
                throw Problem.wrongToken
            }
            desk.limits.reset(.oauthUser, key: userID)
            return session
        } catch let failure as AppwriteFailure {
            desk.note(failure, "OAuth session failed", arrival)
            desk.tell(.refused, arrival, way: "oauth", reason: Problem(failure).code)
            throw Problem(failure)
        } catch {
            throw error as? Problem ?? .internalError
        }
    }

    /// A trip ends once, well or not: its nonce is no licence to try again.
    private func spend(_ arrival: Arrival) throws(Problem) {
        do throws(Problem) {
            try desk.limits.check(.oauthTrip, key: arrival.query[OAuthTrip.parameter] ?? "")
        } catch {
            throw .wrongToken
        }
    }

    private func returnAddress(_ end: String, _ nonce: String) -> String {
        "\(desk.origin)\(desk.auth.routes.oauth.below(end).encoded)?\(OAuthTrip.parameter)=\(nonce)"
    }
}

extension Problem {
    static let strangeTrip = Problem(
        .forbidden,
        "oauth_not_started_here",
        "This sign-in was not started here",
        "It began in another browser, too long ago, or your browser keeps no cookies. Start again from the sign-in page."
    )
}
