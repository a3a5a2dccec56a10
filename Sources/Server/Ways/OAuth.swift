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
        try desk.limits.check(.oneTime, arrival.address)
        let target = desk.target(arrival.query["to"]).encoded
        let (nonce, cookies) = desk.trips.begin(.oauth, towards: target, in: arrival.fields)
        do {
            let location = try await desk.admin.oauth2Token(
                provider: provider.name,
                success: returnAddress("success", nonce),
                failure: returnAddress("failure", nonce),
                scopes: provider.scopes
            )
            var response = Response.seeOther(location, cookies: cookies)
            response.headers[.referrerPolicy] = "no-referrer"
            return response
        } catch {
            desk.note(error, "OAuth start failed", arrival)
            throw Problem(error)
        }
    }

    func success(_ arrival: Arrival) async throws -> Response {
        let nonce = arrival.query[Trip.parameter]
        guard let target = desk.trips.target(.oauth, for: nonce, in: arrival.fields) else {
            throw strange(arrival)
        }
        try spend(arrival)
        let lead: Desk.Lead = arrival.fields.wantsJSON ? .json : .hop(desk.target(target))
        return try await OneTimeSignIn(desk: desk, way: .oauth).finish(
            userID: arrival.query["userId"] ?? "",
            secret: Secret(arrival.query["secret"] ?? ""),
            arrival,
            lead,
            cookies: desk.trips.cleared(nonce)
        )
    }

    func failure(_ arrival: Arrival) throws -> Response {
        guard desk.trips.target(.oauth, for: arrival.query[Trip.parameter], in: arrival.fields) != nil else {
            throw strange(arrival)
        }
        try spend(arrival)
        let reason = OAuthRefusal(arrival.query["error"])
        desk.tell(.refused, arrival, way: "oauth", reason: reason.type)
        throw reason.problem
    }
}

extension OAuth {
    /// A trip ends once, well or not: its nonce is no licence to try again.
    private func spend(_ arrival: Arrival) throws(Problem) {
        do throws(Problem) {
            try desk.limits.check(.oauthTrip, key: arrival.query[Trip.parameter] ?? "")
        } catch {
            desk.tell(.refused, arrival, way: "oauth", reason: Problem.wrongToken.code)
            throw .wrongToken
        }
    }

    private func strange(_ arrival: Arrival) -> Problem {
        desk.tell(.refused, arrival, way: "oauth", reason: Problem.strangeTrip.code)
        return .strangeTrip
    }

    private func returnAddress(_ end: String, _ nonce: String) -> String {
        "\(desk.origin)\(desk.auth.routes.oauth.below(end).encoded)?\(Trip.parameter)=\(nonce)"
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
