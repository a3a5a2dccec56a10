package import FoundationEssentials
package import Gate
package import Ground
import Synchronization

/// What was learned of sessions, for as long as the operator allows.
///
/// An answer is good for `lifetime` from the moment the question was sent, so a session revoked at Appwrite reads for at
/// most that long. One question per secret is in flight, however many requests wait for it. Secrets are not kept:
/// only their fingerprints are.
package final class SessionCache: Sendable {
    private let authority: any SessionAuthority
    private let fingerprint: @Sendable (Secret) -> String
    private let lifetime: TimeInterval
    private let grace: TimeInterval
    private let capacity: Int
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - authority: whom to ask.
    ///   - fingerprint: what a secret is known by.
    ///   - lifetime: in seconds; 0 asks every time.
    ///   - grace: in seconds; how long a member seen before is still admitted while the authority does not answer.
    ///   - capacity: how many sessions are remembered; beyond it the least useful are forgotten and asked for again.
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
    }

    /// What is known without asking, or nil.
    package func cached(_ secret: Secret, withTeams: Bool) -> Standing? {
        let key = fingerprint(secret)
        let now = now()
        return state.withLock { $0.known[key]?.standing(at: now, withTeams: withTeams) }
    }

    /// What is known, or the authority's answer.
    package func standing(of secret: Secret, withTeams: Bool) async -> Standing {
        let key = fingerprint(secret)
        let question = Question(key: key, withTeams: withTeams)
        let now = now()
        let step: Step = state.withLock { state in
            if let standing = state.known[key]?.standing(at: now, withTeams: withTeams) {
                return .known(standing)
            }
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

    /// Forgets a session that was signed out or found gone, so that it reads nothing from now on.
    ///
    /// With `forGood` it stays out even where Appwrite could not be told: its fingerprint is kept as a stranger's for a day.
    package func forget(_ secret: Secret, forGood: Bool = false) {
        let key = fingerprint(secret)
        let until = now().addingTimeInterval(86400)
        state.withLock { state in
            state.drop(key)
            if forGood { state.known[key] = Known(standing: .none, freshUntil: until, graceUntil: until) }
        }
    }

    /// Forgets every session of one user, as after one of them was revoked.
    package func forget(userID: String) {
        state.withLock { state in
            for (key, known) in state.known where known.standing.userID == userID { state.drop(key) }
            // Who is being asked about is not known yet, so what they answer is not kept.
            state.asking = [:]
        }
    }

    /// How many sessions are remembered.
    package var count: Int { state.withLock { $0.known.count } }
}

extension SessionCache {
    fileprivate struct State {
        var known: [String: Known] = [:]
        var asking: [Question: Asking] = [:]
        var nextTicket = 0
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
                return state.known[question.key]?.graced(at: now, withTeams: question.withTeams) ?? answer
            }
            if isCurrent, answer != .moreFactors { self.keep(answer, question.key, at: asked, in: &state) }
            return answer
        }
    }

    private func keep(_ answer: Standing, _ key: String, at asked: Date, in state: inout State) {
        if state.known.count >= capacity { state.makeRoom(at: asked) }
        let fresh = asked.addingTimeInterval(lifetime)
        state.known[key] = Known(
            standing: answer,
            freshUntil: fresh,
            graceUntil: max(fresh, asked.addingTimeInterval(grace))
        )
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
    fileprivate mutating func drop(_ key: String) {
        known[key] = nil
        for withTeams in [true, false] { asking[SessionCache.Question(key: key, withTeams: withTeams)] = nil }
    }

    /// Forgets the stale, then strangers, then anyone, until a quarter is free.
    fileprivate mutating func makeRoom(at now: Date) {
        let target = known.count / 4 * 3
        known = known.filter { $0.value.graceUntil > now }
        guard known.count > target else { return }
        for (key, value) in known where value.standing.userID == nil {
            known[key] = nil
            if known.count <= target { return }
        }
        for key in known.keys.prefix(known.count - target) { known[key] = nil }
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
