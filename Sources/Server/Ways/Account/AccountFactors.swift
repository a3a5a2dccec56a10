import Appwrite
import FoundationEssentials
import Ground
import Hummingbird
import Logging
import Settings

/// Setting up a second factor, and what belongs to it.
///
/// A second factor is asked for only once an authenticator program is set up: a member whose only factor is the e-mail address
/// that they also sign in with would be locked out.
struct AccountFactors: Sendable {
    let desk: Desk

    /// The page with what the program needs; it is shown once.
    func begin(_ owner: Owner, _ arrival: Arrival) async throws -> Response {
        let authenticator = try await call("setting up an authenticator failed", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.beginAuthenticator()
        }
        return try AuthenticatorPage(desk: desk).page(for: authenticator, owner, arrival)
    }

    /// The program's first code shows that it works; then a second factor is asked for, and there are codes for the day that
    /// the program is lost.
    ///
    /// - Returns: the page with the codes; nil where there are some already.
    func confirm(_ form: FormBody, _ owner: Owner, _ arrival: Arrival) async throws -> Response? {
        let code = Secret((form["code"] ?? "").filter { !$0.isWhitespace })
        guard !code.isEmpty else { throw Problem.codeRefused }
        _ = try await call("an authenticator was not confirmed", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.confirmAuthenticator(code: code)
        }
        return try await switchOn(owner, arrival)
    }

    /// - Returns: the page with recovery codes; nil where there are some already.
    func switchOn(_ owner: Owner, _ arrival: Arrival) async throws -> Response? {
        guard try await enabled(owner, arrival).contains(.totp) else { throw Problem.authenticatorFirst }
        _ = try await call("a second factor was not switched on", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.requireSecondFactor(true)
        }
        // The member's other sessions lack one from now on.
        desk.sessions.forget(userID: owner.id)
        note(.secondFactorOn, owner, arrival)
        let codes: [Secret]
        do {
            codes = try await owner.client.makeRecoveryCodes()
        } catch {
            if error == .conflict { return nil }
            throw desk.problem(error, "no recovery codes were made", owner, arrival)
        }
        return try RecoveryCodesPage(desk: desk).page(codes, arrival)
    }

    /// Asks for a fresh second factor first, as Appwrite does where it matters to it.
    func switchOff(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        try await demandFresh(owner, arrival)
        _ = try await call("a second factor was not switched off", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.requireSecondFactor(false)
        }
    }

    /// Demands that a second factor was shown within the last half hour, where the account has one: whoever finds the browser
    /// open must not take the account away.
    func demandFresh(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        guard try await !enabled(owner, arrival).isEmpty else { return }
        let session = try await call("the session cannot be read", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.currentSession()
        }
        let shown = session.mfaUpdatedAt ?? .distantPast
        guard desk.now().timeIntervalSince(shown) < Self.freshness else { throw .secondFactorAgain }
    }

    /// Takes the program away, and with it the demand for a second factor.
    func remove(_ owner: Owner, _ arrival: Arrival) async throws(Problem) {
        try await call("an authenticator was not removed", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.removeAuthenticator()
        }
        _ = try await call("a second factor was not switched off", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.requireSecondFactor(false)
        }
    }

    /// Codes in place of those that were there.
    func renewCodes(_ owner: Owner, _ arrival: Arrival) async throws -> Response {
        let factors = try await enabled(owner, arrival)
        guard factors.contains(.totp) else { throw Problem.authenticatorFirst }
        let codes = try await call("no recovery codes were made", owner, arrival) {
            () async throws(AppwriteFailure) in
            factors.contains(.recoveryCode)
                ? try await owner.client.renewRecoveryCodes() : try await owner.client.makeRecoveryCodes()
        }
        note(.recoveryCodes, owner, arrival)
        return try RecoveryCodesPage(desk: desk).page(codes, arrival)
    }
}

extension AccountFactors {
    /// In seconds, as Appwrite has it for what it asks a fresh factor for (contract of Appwrite 1.9).
    private static let freshness: TimeInterval = 30 * 60

    private func enabled(_ owner: Owner, _ arrival: Arrival) async throws(Problem) -> Set<Factor> {
        try await call("factors cannot be listed", owner, arrival) {
            () async throws(AppwriteFailure) in try await owner.client.factors().enabled
        }
    }

    private func call<Answer: Sendable>(
        _ what: Logger.Message,
        _ owner: Owner,
        _ arrival: Arrival,
        _ work: () async throws(AppwriteFailure) -> Answer
    ) async throws(Problem) -> Answer {
        do {
            return try await work()
        } catch {
            let problem = desk.problem(error, what, owner, arrival)
            throw switch error {
            case .invalidToken, .argumentInvalid: .codeRefused
            case .conflict: .authenticatorExists
            case .notFound: .factorUnavailable
            default: problem
            }
        }
    }

    private func note(_ change: AccountChange, _ owner: Owner, _ arrival: Arrival) {
        desk.logger.info(
            "account changed",
            metadata: [
                "request": "\(arrival.requestID)", "user": "\(owner.id)", "change": "\(change.word)",
            ]
        )
    }
}
