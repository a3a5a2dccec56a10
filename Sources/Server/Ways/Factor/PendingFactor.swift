import Appwrite
import Gate
import Ground
import Hummingbird
import Logging
import Settings

/// A session that lacks a second factor, or of which one is asked for once more.
struct PendingFactor: Sendable {
    let secret: Secret
    let client: SessionClient
    /// The session has what it needs, and shows it again for something that asks for a fresh one.
    let isAgain: Bool
    /// What the session began with: Appwrite counts each factor once.
    let used: Set<String>

    /// Which factors may be shown, in a fixed order.
    func offered(_ arrival: Arrival, _ desk: Desk) async throws(Problem) -> [Factor] {
        do {
            let enabled = try await client.factors().enabled
            return Factor.allCases.filter { enabled.contains($0) && (isAgain || !used.contains($0.rawValue)) }
        } catch {
            throw desk.problem(error, "factors cannot be listed", secret, arrival)
        }
    }
}

extension Desk {
    /// What a visitor to the page for second factors finds there.
    enum FactorVisit {
        case pending(PendingFactor)
        /// Nothing is to be shown; where the visitor goes instead.
        case elsewhere(String)
    }

    func factorVisit(_ arrival: Arrival, then target: PagePath, again: Bool) async throws(Problem)
        -> FactorVisit
    {
        let (standing, secret) = try await standing(of: arrival)
        let language = language(of: arrival, goingTo: target.encoded)
        switch standing {
        case .member where !again: return .elsewhere(target.encoded)
        case .moreFactors, .member:
            guard let secret else { throw .internalError }
            let visit = arrival.vouched?.secret == secret ? arrival.vouched?.visit : nil
            var caller = arrival.caller
            // In which a code is mailed.
            caller.locale = language.lowercased()
            return .pending(
                PendingFactor(
                    secret: secret,
                    client: client(secret, caller),
                    isAgain: standing.isMember,
                    used: Set(visit?.factors ?? [])
                )
            )
        case .none, .guest:
            guard auth.canSignIn, !arrival.wantsJSON else { throw .signInNeeded }
            return .elsewhere(way(to: auth.routes.login, then: target, in: language))
        case .blocked, .passwordReset, .unanswered:
            throw Problem(Decision(visibility: .private, requirements: [], standing: standing))
        }
    }
}
