import FoundationEssentials
import Gate

extension SessionCache {
    /// How long an answer is good.
    struct Span {
        let freshUntil: Date
        let graceUntil: Date
    }

    /// What was answered of one session.
    struct Known {
        let standing: Standing
        let span: Span
        /// Each with its own age.
        var details: [Member.Detail: (names: Set<String>, span: Span)] = [:]

        /// What was known of a member within the grace time, while the authority is silent.
        func graced(_ detail: Member.Detail?, at now: Date) -> (learned: Learned, until: Date)? {
            guard case .member = standing else { return nil }
            guard let detail else {
                return now < span.graceUntil ? (.standing(standing), span.graceUntil) : nil
            }
            guard let (names, span) = details[detail], now < span.graceUntil else { return nil }
            return (.names(names), span.graceUntil)
        }
    }

    /// An answer that says nothing of the session, and until when it is not asked about again.
    struct Pause {
        let learned: Learned
        let until: Date
    }

    enum Found {
        case known(Standing)
        /// What must be asked first.
        case open(Question)
    }

    struct State {
        /// What is a session, and what was made up: strangers make up as many as they like.
        var known: ExpiringTable<String, Known>
        var unknown: ExpiringTable<String, Known>
        /// Each session that was signed out here, for a day.
        var ended: ExpiringTable<String, Bool>
        var pauses: ExpiringTable<String, [Member.Detail?: Pause]>
        var asking: [String: [Member.Detail?: Asking]] = [:]
        var nextTicket = 0

        init(kept: TimeInterval, capacity: Int) {
            known = ExpiringTable(lifetime: kept, capacity: capacity)
            unknown = ExpiringTable(lifetime: kept, capacity: capacity / 4)
            ended = ExpiringTable(lifetime: Self.day, capacity: capacity)
            pauses = ExpiringTable(lifetime: Self.pause, capacity: capacity)
        }

        /// In seconds.
        private static let day: TimeInterval = 86400
        /// In seconds: so long one session's requests share an answer that is not worth remembering.
        private static let pause: TimeInterval = 1
    }
}

extension SessionCache.State {
    /// What is known of a session as far as it is needed, or what to ask next.
    ///
    /// `asked` is what the caller was answered to its own questions, which is good whatever its age.
    func found(_ key: String, _ need: SessionCache.Need, asked: [Member.Detail?: Learned], at now: Date)
        -> SessionCache.Found
    {
        if ended.value(for: key, at: now) != nil { return .known(.none) }
        let known = known.value(for: key, at: now) ?? unknown.value(for: key, at: now)
        let pauses = pauses.value(for: key, at: now) ?? [:]
        func paused(_ detail: Member.Detail?) -> Learned? {
            pauses[detail].flatMap { now < $0.until ? $0.learned : nil }
        }
        let fresh = known.flatMap { now < $0.span.freshUntil ? Learned.standing($0.standing) : nil }
        guard case .standing(let standing)? = asked[nil] ?? fresh ?? paused(nil) else {
            return .open(SessionCache.Question(detail: nil, member: nil))
        }
        guard case .member(var member) = standing else { return .known(standing) }
        while let detail = need(member) {
            var fresh: Learned?
            if known?.standing.userID == member.id, let (names, span) = known?.details[detail],
                now < span.freshUntil
            {
                fresh = .names(names)
            }
            switch asked[detail] ?? fresh ?? paused(detail) {
            case .names(let names)?: member = member.learning(detail, names)
            case .standing(let standing)?: return .known(standing)
            case nil: return .open(SessionCache.Question(detail: detail, member: member))
            }
        }
        return .known(.member(member))
    }

    mutating func keep(_ standing: Standing, _ key: String, for span: SessionCache.Span, at asked: Date) {
        let former = known.value(for: key, at: asked)
        known.remove(key)
        unknown.remove(key)
        var known = SessionCache.Known(standing: standing, span: span)
        guard standing.isSession else { return unknown.put(known, for: key, at: asked) }
        // They are as old as they were, and of the same member.
        if let former, former.standing.userID == standing.userID { known.details = former.details }
        self.known.put(known, for: key, at: asked)
    }

    mutating func keep(
        _ names: Set<String>,
        _ question: SessionCache.Question,
        _ key: String,
        for span: SessionCache.Span,
        at asked: Date
    ) {
        guard let detail = question.detail, var known = known.value(for: key, at: asked),
            known.standing.userID == question.member?.id
        else { return }
        known.details[detail] = (names, span)
        self.known.put(known, for: key, at: asked)
    }

    mutating func pause(
        _ learned: Learned,
        _ key: String,
        _ detail: Member.Detail?,
        at now: Date,
        before end: Date? = nil
    ) {
        let until = min(now.addingTimeInterval(Self.pause), end ?? .distantFuture)
        var all = pauses.value(for: key, at: now) ?? [:]
        all[detail] = SessionCache.Pause(learned: learned, until: until)
        pauses.put(all, for: key, at: now)
    }

    mutating func endAsking(_ key: String, _ detail: Member.Detail?) {
        asking[key]?[detail] = nil
        if asking[key]?.isEmpty == true { asking[key] = nil }
    }

    mutating func drop(_ key: String) {
        known.remove(key)
        unknown.remove(key)
        asking[key] = nil
        pauses.remove(key)
    }

    mutating func end(_ key: String, isKnown: Bool, at now: Date, capacity: Int) {
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
