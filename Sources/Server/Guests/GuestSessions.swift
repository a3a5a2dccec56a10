package import Appwrite
package import FoundationEssentials
import Ground
import ServiceLifecycle
import Synchronization

/// Makes anonymous sessions, sparingly: each is a user record at Appwrite, for ever.
///
/// One browser gets one, even where two of its tabs come at once: what was made is remembered for a minute by the mark
/// of the visit that it was made for. So is a failure: while Appwrite is down, a browser costs one try a minute.
///
/// A page waits for a session no longer than its budget, but Appwrite would go on making one that was given up, and nobody would
/// ever hold that user. So the making goes on here, too. What comes too late for its page is there for the browser's next one,
/// and what nobody comes for within the minute is ended again.
package final class GuestSessions: Sendable {
    /// What came of asking for a session.
    package enum Outcome: Sendable {
        case session(Session)
        /// It is being made, and is there for this browser's next page.
        case late
        /// There is none, or the address has had its share.
        case none
    }

    /// What is done about sessions elsewhere.
    package struct Work: Sendable {
        /// Asks Appwrite for a session; ends by itself within some seconds.
        let create: @Sendable (Caller) async throws -> Session
        /// Ends a session that nobody holds, with its user.
        let end: @Sendable (Session) async -> Void
        /// Hears of each session that is handed out, once.
        let given: @Sendable (Session, Caller) -> Void

        package init(
            create: @escaping @Sendable (Caller) async throws -> Session,
            end: @escaping @Sendable (Session) async -> Void,
            given: @escaping @Sendable (Session, Caller) -> Void = { _, _ in }
        ) {
            self.create = create
            self.end = end
            self.given = given
        }
    }

    private let work: Work
    private let allowance: RateLimiter
    private let budget: Duration
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - allowance: how many an address may be given.
    ///   - budget: how long a page waits for one.
    ///   - now: the clock.
    ///   - work: what makes sessions, and ends them.
    package init(
        allowance: RateLimiter,
        budget: Duration,
        now: @escaping @Sendable () -> Date,
        work: Work
    ) {
        self.work = work
        self.allowance = allowance
        self.budget = budget
        self.now = now
    }

    /// The session for the browser with this mark.
    package func session(for mark: String, address: String, caller: Caller) async -> Outcome {
        guard let creation = creation(for: mark, address: address, caller: caller) else { return .none }
        guard let made = await creation.task.value(within: budget) else { return .late }
        // Whoever has hung up gets nothing, and may come again.
        guard let session = made, !Task.isCancelled else { return .none }
        return claim(session, creation, mark, caller) ? .session(session) : .none
    }

    /// Ends what was made and nobody came for in its time.
    package func endUnclaimed() async {
        let now = now()
        await end(
            state.withLock { state in
                // What is remembered no more cannot be claimed either.
                state.takeUnclaimed { state, id, mark in state.recent.value(for: mark, at: now)?.id != id }
            }
        )
    }

    /// Returns when all that is being made now is there, or is not coming.
    func settled() async {
        for task in state.withLock({ $0.underway.values.map(\.self) }) { _ = await task.value }
    }
}

extension GuestSessions: Service {
    /// Ends what nobody comes for, until the server ends; what is left then cannot be claimed any more, and is ended, too.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Ends early when the server does.
                try? await Task.sleep(for: Self.interval)
                // Not a child of this: what was begun is to come to its end, though the server may not wait for it.
                await Task { await self.endUnclaimed() }.value
            }
        }
        guard !Task.isCancelled else { return }
        let closing = Task {
            state.withLock { $0.isClosed = true }
            await settled()
            await end(state.withLock { $0.takeUnclaimed { _, _, _ in true } })
        }
        _ = await closing.value(within: Self.patience)
    }
}

extension GuestSessions {
    private struct Creation: Sendable {
        let id: Int
        let task: Task<Session?, Never>
    }

    private struct State {
        /// By the mark of the visit.
        var recent = ExpiringTable<String, Creation>(lifetime: memory, capacity: capacity)
        var underway: [Int: Task<Session?, Never>] = [:]
        /// Made, and handed out to nobody yet.
        var unclaimed: [Int: (mark: String, session: Session)] = [:]
        var lastID = 0
        var isClosed = false

        mutating func takeUnclaimed(where isOver: (State, Int, String) -> Bool) -> [Session] {
            let over = unclaimed.filter { isOver(self, $0.key, $0.value.mark) }
            for id in over.keys { unclaimed[id] = nil }
            return over.values.map(\.session)
        }
    }

    /// The most that is remembered; a mark that is forgotten early costs one more anonymous user at worst.
    private static let capacity = 10_000
    /// In seconds.
    private static let memory: TimeInterval = 60
    /// How many may be underway or wait for their browser: beyond it pages go out without a session, and none is begun.
    private static let mostUnclaimed = 256
    /// How many are ended at a time.
    private static let endings = 4
    /// How often it is looked for what nobody came for.
    private static let interval: Duration = .seconds(10)
    /// How long the end of the server waits for what is underway.
    private static let patience: Duration = .seconds(3)

    private func creation(for mark: String, address: String, caller: Caller) -> Creation? {
        let now = now()
        return state.withLock { state in
            if let known = state.recent.value(for: mark, at: now) { return known }
            guard !state.isClosed, state.underway.count + state.unclaimed.count < Self.mostUnclaimed,
                allowance.take(address).isAllowed
            else { return nil }
            state.lastID += 1
            let id = state.lastID
            // Not a child of this request: a second tab, or the next page, waits for the same session.
            let task = Task { await self.make(id, mark, caller) }
            let creation = Creation(id: id, task: task)
            state.underway[id] = task
            state.recent.put(creation, for: mark, at: now)
            return creation
        }
    }

    private func make(_ id: Int, _ mark: String, _ caller: Caller) async -> Session? {
        // Whoever creates tells of a failure; here pages only go out without a session.
        let session = try? await work.create(caller)
        state.withLock { state in
            state.underway[id] = nil
            if let session { state.unclaimed[id] = (mark, session) }
        }
        return session
    }

    /// Whether the browser may have the session: one that is not remembered any more is as good as ended.
    private func claim(_ session: Session, _ creation: Creation, _ mark: String, _ caller: Caller) -> Bool {
        let now = now()
        let (isHeld, isFirst) = state.withLock { state in
            guard state.recent.value(for: mark, at: now)?.id == creation.id else { return (false, false) }
            return (true, state.unclaimed.removeValue(forKey: creation.id) != nil)
        }
        if isFirst { work.given(session, caller) }
        return isHeld
    }

    private func end(_ sessions: [Session]) async {
        await withTaskGroup(of: Void.self) { group in
            for (number, session) in sessions.enumerated() {
                if number >= Self.endings { await group.next() }
                group.addTask { await self.work.end(session) }
            }
        }
    }
}
