package import FoundationEssentials
package import Gate
package import Ground
import Synchronization

/// What was learned of sessions, for as long as the operator allows.
///
/// An answer is good for `lifetime` from the moment the question was sent, so a session revoked at Appwrite reads for at
/// most that long, and so does who has left a team. One question of a kind is in flight per secret, however many requests
/// wait for it. Where the answer was none, or a second factor is missing, it is not asked again for a moment. Secrets are not
/// kept: only their fingerprints are.
package final class SessionCache: Sendable {
    private let authority: any SessionAuthority
    private let fingerprint: @Sendable (Secret) -> String
    private let lifetime: TimeInterval
    private let grace: TimeInterval
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    /// What must be asked about a member before they can be judged; nil where enough is known.
    package typealias Need = @Sendable (Member) -> Member.Detail?

    /// - Parameters:
    ///   - authority: whom to ask.
    ///   - fingerprint: what a secret is known by.
    ///   - lifetime: in seconds; 0 asks every time.
    ///   - grace: in seconds; how long a member seen before is still admitted while the authority does not answer.
    ///   - capacity: how many sessions are remembered, and how many that are none; beyond it the oldest are forgotten and asked
    ///     for again, and what is no session never drives out one.
    ///   - now: the clock.
    package init(
        authority: any SessionAuthority,
        fingerprint: @escaping @Sendable (Secret) -> String,
        lifetime: Int,
        grace: Int = 0,
        capacity: Int = 50_000,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.authority = authority
        self.fingerprint = fingerprint
        self.lifetime = TimeInterval(lifetime)
        self.grace = TimeInterval(grace)
        self.capacity = capacity
        self.now = now
        state = Mutex(State(kept: TimeInterval(max(lifetime, grace)), capacity: capacity))
    }

    /// What is known without asking, or nil; the closure must cost nothing.
    package func cached(_ secret: Secret, need: Need = { _ in nil }) -> Standing? {
        let key = fingerprint(secret)
        let now = now()
        guard case .known(let standing) = state.withLock({ $0.found(key, need, asked: [:], at: now) }) else {
            return nil
        }
        return standing
    }

    /// What is known, or the authority's answers: who it is first, and then only what is needed to judge a member.
    ///
    /// What was remembered counts only while it is fresh when all is known, however long the rest took to learn.
    package func standing(of secret: Secret, need: Need = { _ in nil }) async -> Standing {
        let key = fingerprint(secret)
        var asked: [Member.Detail?: Learned] = [:]
        while true {
            let now = now()
            let step: Step = state.withLock { state in
                let question: Question
                switch state.found(key, need, asked: asked, at: now) {
                case .known(let standing): return .known(standing)
                case .open(let open): question = open
                }
                if let asking = state.asking[key]?[question.detail] { return .wait(question, asking.task) }
                state.nextTicket += 1
                let ticket = state.nextTicket
                // Not a child of this request: others wait for the answer, too, and must get it when this one's visitor
                // hangs up. It ends with the transfer's own time-out.
                let task = Task { await self.ask(secret, key, question, ticket: ticket, at: now) }
                state.asking[key, default: [:]][question.detail] = Asking(ticket: ticket, task: task)
                return .wait(question, task)
            }
            switch step {
            case .known(let standing): return standing
            // Each question is asked at most once, so this ends.
            case .wait(let question, let task): asked[question.detail] = await task.value
            }
        }
    }

    /// Forgets what was learned of a session, so that it is asked about when it comes again.
    package func forget(_ secret: Secret) {
        let key = fingerprint(secret)
        state.withLock { $0.drop(key) }
    }

    /// Keeps a session out for a day, whatever Appwrite says of it: it was signed out here, and Appwrite may not know.
    ///
    /// `isKnown` says that it is a session for certain. What may be made up is kept out only while there is room to spare,
    /// so that strangers cannot drive out what members have ended.
    package func end(_ secret: Secret, isKnown: Bool) {
        let key = fingerprint(secret)
        let now = now()
        state.withLock { state in
            state.drop(key)
            state.end(key, isKnown: isKnown, at: now, capacity: capacity)
        }
    }

    /// Forgets every session of one user, as after one of them was revoked.
    package func forget(userID: String) {
        state.withLock { state in
            state.known.removeAll { $0.standing.userID == userID }
            // Who is being asked about is not known yet, so what they answer is not kept.
            state.asking = [:]
        }
    }

    /// How many answers are remembered, and how many sessions kept out.
    package var count: Int {
        state.withLock { $0.known.count + $0.unknown.count + $0.pauses.count + $0.ended.count }
    }
}

extension SessionCache {
    /// Who a session belongs to, or a detail of the member whom it belongs to.
    struct Question: Sendable {
        /// Nil asks who it is.
        let detail: Member.Detail?
        /// Nil while it is not known who it is.
        let member: Member?
    }

    struct Asking {
        let ticket: Int
        let task: Task<Learned, Never>
    }

    private enum Step {
        case known(Standing)
        case wait(Question, Task<Learned, Never>)
    }

    private func ask(_ secret: Secret, _ key: String, _ question: Question, ticket: Int, at asked: Date) async
        -> Learned
    {
        let answer: Learned
        if let detail = question.detail, let member = question.member {
            answer = await authority.learn(detail, of: member, secret: secret)
        } else {
            answer = .standing(await authority.standing(of: secret))
        }
        let now = now()
        return state.withLock { state in
            // Forgotten meanwhile, by a sign-out say: the answer is older than that, and is not kept.
            let isCurrent = state.asking[key]?[question.detail]?.ticket == ticket
            if isCurrent { state.endAsking(key, question.detail) }
            if case .standing(.unanswered) = answer {
                let graced = state.known.value(for: key, at: now)?.graced(question.detail, at: now)
                let learned = graced?.learned ?? answer
                if isCurrent {
                    state.pause(learned, key, question.detail, at: now, before: graced?.until)
                }
                return learned
            }
            guard isCurrent else { return answer }
            switch answer {
            // Also what a question for a detail says of the whole session: that it is gone, say.
            case .standing(.moreFactors):
                state.known.remove(key)
                state.pause(answer, key, nil, at: now)
            case .standing(let standing): state.keep(standing, key, for: span(from: asked), at: asked)
            case .names(let names):
                state.keep(names, question, key, for: span(from: asked), at: asked)
            }
            return answer
        }
    }

    private func span(from asked: Date) -> Span {
        let fresh = asked.addingTimeInterval(lifetime)
        return Span(freshUntil: fresh, graceUntil: max(fresh, asked.addingTimeInterval(grace)))
    }
}
