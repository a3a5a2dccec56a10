import FoundationEssentials
import Gate
import Ground
import Synchronization

/// Shows Appwrite, once a day, that a guest is still there.
///
/// Public pages ask Appwrite nothing, so a guest who reads them every day would look there like one who never came again, and
/// `gatehouse guests prune` would remove the most faithful ones. No page waits for this, few are asked about at a time, and one
/// that gets no answer is not asked about again before the next day.
final class GuestTouches: Sendable {
    private struct State {
        /// By the fingerprint of the session's secret.
        var touched = ExpiringTable<String, Bool>(lifetime: day, capacity: capacity)
        /// Sessions that Appwrite does not know any more.
        var gone = ExpiringTable<String, Bool>(lifetime: day, capacity: capacity)
        var underway: [String: Task<Void, Never>] = [:]
    }

    /// In seconds; Appwrite itself notes an account's use once in that time.
    private static let day: TimeInterval = 86_400
    private static let capacity = 50_000
    /// How many are asked about at a time; the others have their turn with their next page.
    private static let most = 4

    private let sessions: SessionCache
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameters:
    ///   - sessions: asks about a session, as for a private page.
    ///   - now: the clock.
    init(sessions: SessionCache, now: @escaping @Sendable () -> Date) {
        self.sessions = sessions
        self.now = now
    }

    /// Asks about a guest's session, where that is due; returns at once.
    func touch(_ secret: Secret, _ mark: String) {
        let now = now()
        state.withLock { state in
            guard state.touched.value(for: mark, at: now) == nil, state.underway[mark] == nil,
                state.underway.count < Self.most
            else { return }
            state.touched.put(true, for: mark, at: now)
            // Not a child of the request, which does not wait for it; it ends with the question's time-out.
            state.underway[mark] = Task { await self.ask(secret, mark) }
        }
    }

    /// Notes a session that has just been made.
    func note(_ mark: String) {
        let now = now()
        state.withLock { $0.touched.put(true, for: mark, at: now) }
    }

    /// Whether the session was found to be gone.
    func isGone(_ mark: String) -> Bool {
        let now = now()
        return state.withLock { $0.gone.value(for: mark, at: now) != nil }
    }

    /// Returns when nothing is being asked.
    func settled() async {
        for task in state.withLock({ $0.underway.values.map(\.self) }) { await task.value }
    }

    private func ask(_ secret: Secret, _ mark: String) async {
        let standing = await sessions.standing(of: secret)
        let now = now()
        state.withLock { state in
            state.underway[mark] = nil
            if standing == .none { state.gone.put(true, for: mark, at: now) }
        }
    }
}
