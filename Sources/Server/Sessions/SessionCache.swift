package import FoundationEssentials
package import Gate
package import Ground
import Synchronization

/// What was learned of sessions, for as long as the operator allows.
///
/// An answer is good for `lifetime` from the moment the question was sent, so a session revoked at Appwrite reads for at
/// most that long. One question per secret is in flight, however many requests wait for it. Where the answer was none, or a
/// second factor is missing, it is not asked again for a moment. Secrets are not kept: only their fingerprints are.
package final class SessionCache: Sendable {
    private let authority: any SessionAuthority
    private let fingerprint: @Sendable (Secret) -> String
    private let lifetime: TimeInterval
    private let grace: TimeInterval
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

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

    /// What is known without asking, or nil.
    package func cached(_ secret: Secret, withTeams: Bool) -> Standing? {
        let key = fingerprint(secret)
        let now = now()
        return state.withLock { $0.standing(of: Question(key: key, withTeams: withTeams), at: now) }
    }

    /// What is known, or the authority's answer.
    package func standing(of secret: Secret, withTeams: Bool) async -> Standing {
        let key = fingerprint(secret)
        let question = Question(key: key, withTeams: withTeams)
        let now = now()
        let step: Step = state.withLock { state in
            if let standing = state.standing(of: question, at: now) { return .known(standing) }
            if let asking = state.asking[question] { return .wait(asking.task) }
            state.nextTicket += 1
            let ticket = state.nextTicket
            // Not a child of this request: others wait for the answer, too, and must get it when this one's visitor hangs
            // up. It ends with the transfer's own time-out.
            let task = Task { await self.ask(secret, question, ticket: ticket, at: now) }
            state.asking[question] = Asking(ticket: ticket, task: task)
            return .wait(task)
        }
        switch step {
        case .known(let standing): return standing
        case .wait(let task): return await task.value
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
    fileprivate struct State {
        /// What is a session, and what was made up: strangers make up as many as they like.
        var known: ExpiringTable<String, Known>
        var unknown: ExpiringTable<String, Known>
        /// Each session that was signed out here, for a day.
        var ended: ExpiringTable<String, Bool>
        /// Answers that say nothing of the session, and until when it is not asked about again.
        var pauses: ExpiringTable<Question, (standing: Standing, until: Date)>
        var asking: [Question: Asking] = [:]
        var nextTicket = 0

        init(kept: TimeInterval, capacity: Int) {
            known = ExpiringTable(lifetime: kept, capacity: capacity)
            unknown = ExpiringTable(lifetime: kept, capacity: capacity / 4)
            ended = ExpiringTable(lifetime: Self.day, capacity: capacity)
            pauses = ExpiringTable(lifetime: SessionCache.pause, capacity: capacity)
        }

        /// In seconds.
        private static let day: TimeInterval = 86400
    }

    fileprivate struct Question: Hashable {
        let key: String
        let withTeams: Bool
    }

    fileprivate struct Asking {
        let ticket: Int
        let task: Task<Standing, Never>
    }

    private enum Step {
        case known(Standing)
        case wait(Task<Standing, Never>)
    }

    fileprivate struct Known {
        let standing: Standing
        let freshUntil: Date
        let graceUntil: Date

        func standing(at now: Date, withTeams: Bool) -> Standing? {
            guard now < freshUntil else { return nil }
            if withTeams, case .member(let member) = standing, member.teams == nil { return nil }
            return standing
        }
    }

    private func ask(_ secret: Secret, _ question: Question, ticket: Int, at asked: Date) async -> Standing {
        let answer = await authority.standing(of: secret, withTeams: question.withTeams)
        let now = now()
        return state.withLock { state in
            // Forgotten meanwhile, by a sign-out say: the answer is older than that, and is not kept.
            let isCurrent = state.asking[question]?.ticket == ticket
            if isCurrent { state.asking[question] = nil }
            if case .unanswered = answer {
                let known = state.known.value(for: question.key, at: now)
                let graced = known?.graced(at: now, withTeams: question.withTeams)
                let end = graced == nil ? Date.distantFuture : known?.graceUntil ?? now
                if isCurrent {
                    self.pause(question, with: graced ?? answer, at: now, before: end, in: &state)
                }
                return graced ?? answer
            }
            if isCurrent, answer == .moreFactors {
                self.pause(question, with: answer, at: now, in: &state)
            } else if isCurrent {
                self.keep(answer, question.key, at: asked, in: &state)
            }
            return answer
        }
    }

    /// In seconds: so long one session's requests share an answer that is not worth remembering.
    fileprivate static let pause: TimeInterval = 1

    private func pause(
        _ question: Question,
        with standing: Standing,
        at now: Date,
        before end: Date = .distantFuture,
        in state: inout State
    ) {
        let until = min(now.addingTimeInterval(Self.pause), end)
        state.pauses.put((standing, until), for: question, at: now)
    }

    private func keep(_ answer: Standing, _ key: String, at asked: Date, in state: inout State) {
        let fresh = asked.addingTimeInterval(lifetime)
        let known = Known(
            standing: answer,
            freshUntil: fresh,
            graceUntil: max(fresh, asked.addingTimeInterval(grace))
        )
        state.known.remove(key)
        state.unknown.remove(key)
        if answer.isSession {
            state.known.put(known, for: key, at: asked)
        } else {
            state.unknown.put(known, for: key, at: asked)
        }
    }
}

extension SessionCache.Known {
    /// A member seen within the grace time, while the authority is silent.
    fileprivate func graced(at now: Date, withTeams: Bool) -> Standing? {
        guard case .member(let member) = standing, now < graceUntil else { return nil }
        return withTeams && member.teams == nil ? nil : standing
    }
}

extension SessionCache.State {
    /// What is known without asking.
    fileprivate func standing(of question: SessionCache.Question, at now: Date) -> Standing? {
        if ended.value(for: question.key, at: now) != nil { return Standing.none }
        let known = known.value(for: question.key, at: now) ?? unknown.value(for: question.key, at: now)
        if let standing = known?.standing(at: now, withTeams: question.withTeams) { return standing }
        guard let pause = pauses.value(for: question, at: now), now < pause.until else { return nil }
        return pause.standing
    }

    fileprivate mutating func drop(_ key: String) {
        known.remove(key)
        unknown.remove(key)
        for withTeams in [true, false] {
            let question = SessionCache.Question(key: key, withTeams: withTeams)
            asking[question] = nil
            pauses.remove(question)
        }
    }

    fileprivate mutating func end(_ key: String, isKnown: Bool, at now: Date, capacity: Int) {
        if !isKnown {
            ended.dropExpired(at: now)
            guard ended.count < capacity / 2 else { return }
        }
        // Beyond the capacity those go that were ended first: they have the least of their day left.
        ended.put(true, for: key, at: now)
    }
}

extension Standing {
    /// Whose session it is, where that is known.
    package var userID: String? {
        switch self {
        case .guest(let id): id
        case .member(let member): member.id
        case .none, .moreFactors, .blocked, .passwordReset, .unanswered: nil
        }
    }
}
