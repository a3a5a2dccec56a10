import Appwrite
import Ground
import HTTPTypes
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
        guard let userID = arrival.query["userId"], let secret = arrival.query["secret"], !userID.isEmpty,
            !secret.isEmpty
        else { throw Problem.wrongToken }
        try desk.limits.check(.oauth, arrival.address)
        let session: Session
        do {
            session = try await desk.admin.createSession(
                userID: userID,
                secret: Secret(secret),
                for: arrival.caller
            )
        } catch {
            desk.note(error, "OAuth session failed", arrival)
            throw Problem(error)
        }
        desk.logger.info(
            "signed in",
            metadata: ["request": "\(arrival.requestID)", "user": "\(session.userID)"]
        )
        let lead: Desk.Lead = arrival.fields.wantsJSON ? .json : .hop(desk.target(target))
        return try await desk.welcome(session, arrival, lead, cookies: [desk.trips.cleared])
    }

    func failure(_ arrival: Arrival) throws -> Response {
        guard desk.trips.target(for: arrival.query[OAuthTrip.parameter], in: arrival.fields) != nil else {
            throw Problem.strangeTrip
        }
        let reason = OAuthRefusal(arrival.query["error"])
        desk.logger.info(
            "OAuth refused",
            metadata: ["request": "\(arrival.requestID)", "type": "\(reason.type)"]
        )
        throw reason.problem
    }
}

extension OAuth {
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
