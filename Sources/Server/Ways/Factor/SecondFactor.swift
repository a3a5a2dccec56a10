import Appwrite
import Gate
import Ground
import Hooks
import Hummingbird
import Logging
import Settings

/// Where a member shows a second factor: after the first one at sign-in, or once more for what asks for a fresh one.
struct SecondFactor: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, of: arrival)
        let way = Way(to: desk.target(arrival.query["to"]), again: arrival.query["again"] != nil)
        switch try await desk.factorVisit(arrival, then: way.to, again: way.again) {
        case .elsewhere(let href): return .seeOther(href)
        case .pending(let pending):
            let offered = try await pending.offered(arrival, desk)
            // An authenticator's code needs no sending, so its field is there at once.
            var asking = Asking(offered: offered, asked: offered.first { $0 == .totp })
            asking.isForPage = pending.reason.isOfPage
            return try show(asking, way, arrival)
        }
    }

    func submit(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .secondFactor, from: arrival)
        try desk.limits.check(.factorAddress, arrival.address)
        let way = Way(to: desk.target(form["to"]), again: form["again"] != nil)
        switch try await desk.factorVisit(arrival, then: way.to, again: way.again) {
        case .elsewhere(let href): return arrival.wantsJSON ? try .json(Success()) : .seeOther(href)
        case .pending(let pending):
            var asking = Asking(offered: try await pending.offered(arrival, desk))
            asking.isForPage = pending.reason.isOfPage
            do {
                guard try await isShown(form, &asking, pending, arrival) else {
                    return try show(asking, way, arrival)
                }
                return arrival.wantsJSON ? try .json(Success()) : .seeOther(way.to.encoded)
            } catch let problem as Problem where problem.isOfForm && !arrival.wantsJSON {
                return try show(asking, way, arrival, problem: problem)
            }
        }
    }

    /// Where it leads on to, and whether a factor is shown once more.
    struct Way: Sendable {
        let to: PagePath
        let again: Bool
    }

    /// What the page asks for.
    struct Asking: Sendable {
        var offered: [Factor]
        /// Whose code is typed now; nil while none is chosen.
        var asked: Factor?
        /// Appwrite's question, as the form carries it.
        var challenge: String?
        /// Whether the page asks for it where the way leads on to, and not the account.
        var isForPage = false
    }
}

extension SecondFactor {
    /// Whether the right code came; where only a factor was chosen, its question is put into `asking`.
    private func isShown(
        _ form: FormBody,
        _ asking: inout Asking,
        _ pending: PendingFactor,
        _ arrival: Arrival
    ) async throws(Problem) -> Bool {
        guard let factor = form["factor"].flatMap(Factor.init(rawValue:)), asking.offered.contains(factor)
        else { throw .factorUnavailable }
        asking.asked = factor
        let code = Secret((form["code"] ?? "").filter { !$0.isWhitespace })
        var token = ChallengeToken(
            form["challenge"],
            for: pending.secret,
            desk.keys,
            now: desk.now()
        )
        // A code that was sent belongs to a question: without it the code is sent anew, and its answer must be that one.
        let wasAsked = token?.factor == factor || !factor.isSent
        if token?.factor != factor { token = try await challenge(factor, pending, arrival) }
        guard let token else { throw .internalError }
        asking.challenge = token.text(for: pending.secret, desk.keys)
        guard !code.isEmpty, wasAsked else { return false }
        try await answer(token, code, pending, arrival)
        guard try await isEnough(pending) else {
            asking.offered.removeAll { $0 == factor }
            (asking.asked, asking.challenge) = (nil, nil)
            throw .factorNotCounted
        }
        desk.logger.info(
            "second factor shown",
            metadata: [
                "request": "\(arrival.requestID)", "user": "\(token.userID)", "factor": "\(factor.rawValue)",
            ]
        )
        return true
    }

    private func challenge(_ factor: Factor, _ pending: PendingFactor, _ arrival: Arrival)
        async throws(Problem) -> ChallengeToken
    {
        do {
            let challenge = try await pending.client.challenge(factor)
            return ChallengeToken(factor, challenge)
        } catch {
            if case .addressMissing = error { throw .factorUnavailable }
            throw desk.problem(error, "a second factor cannot be asked for", pending.secret, arrival)
        }
    }

    private func answer(
        _ token: ChallengeToken,
        _ code: Secret,
        _ pending: PendingFactor,
        _ arrival: Arrival
    ) async throws(Problem) {
        try desk.limits.check(.factorUser, key: token.userID)
        do {
            try await pending.client.answer(token.challengeID, code: code)
        } catch {
            var problem = desk.problem(error, "a second factor was refused", pending.secret, arrival)
            switch error {
            case .invalidToken, .argumentInvalid, .notFound: problem = .codeRefused
            default: break
            }
            let way = "factor:\(token.factor.rawValue)"
            desk.tell(.refused, arrival, user: token.userID, way: way, reason: problem.code)
            throw problem
        }
        desk.limits.reset(.factorUser, key: token.userID)
        desk.limits.endDelay(.factorAddress, arrival.address)
        desk.sessions.forget(pending.secret)
    }

    /// A factor that the session began with is accepted and not counted a second time.
    ///
    /// Where Appwrite gives no answer, the page that comes next asks again.
    private func isEnough(_ pending: PendingFactor) async throws(Problem) -> Bool {
        guard case .page(let route) = pending.reason else {
            return await desk.sessions.standing(of: pending.secret) != .moreFactors
        }
        let standing = await desk.sessions.standing(of: pending.secret) { route.unknown(of: $0) }
        return route.decision(for: standing) != .secondFactor
    }
}

extension Factor {
    /// Whether Appwrite sends a code, which is then the only right one.
    var isSent: Bool { self == .email || self == .phone }
}
