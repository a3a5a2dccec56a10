package import Appwrite
package import FoundationEssentials
import Ground
import Synchronization

/// Makes anonymous sessions, sparingly: each is a user record at Appwrite, for ever.
///
/// One browser gets one, even where two of its tabs come at once: what was made is remembered for a minute by the mark
/// of the visit that it was made for. So is a failure: while Appwrite is down, a browser costs one try a minute.
package final class GuestSessions: Sendable {
    package typealias Creation = @Sendable (Caller) async throws -> Session

    private let create: Creation
    private let allowance: RateLimiter
    private let now: @Sendable () -> Date
    private let recent = Mutex(
        ExpiringTable<String, Task<Session?, Never>>(lifetime: memory, capacity: capacity)
    )

    /// - Parameters:
    ///   - allowance: how many an address may be given.
    ///   - now: the clock.
    ///   - create: asks Appwrite for one through the admin client, and gives up before a page has waited too long.
    package init(
        allowance: RateLimiter,
        now: @escaping @Sendable () -> Date,
        create: @escaping Creation
    ) {
        self.create = create
        self.allowance = allowance
        self.now = now
    }

    /// The session for the browser with this mark, or nil where none came in time or the address has had its share.
    package func session(for mark: String, address: String, caller: Caller) async -> Session? {
        await creation(for: mark, address: address, caller: caller)?.value
    }
}

extension GuestSessions {
    /// The most that is remembered; a mark that is forgotten early costs one more anonymous user at worst.
    private static let capacity = 10_000
    private static let memory: TimeInterval = 60

    private func creation(for mark: String, address: String, caller: Caller) -> Task<Session?, Never>? {
        let now = now()
        return recent.withLock { recent in
            if let known = recent.value(for: mark, at: now) { return known }
            guard allowance.take(address).isAllowed else { return nil }
            // Not a child of this request: a second tab waits for the same session. It ends with the call's time-out.
            // Whoever creates tells of a failure; here the page only goes out without a session.
            let task = Task { [create] in try? await create(caller) }
            recent.put(task, for: mark, at: now)
            return task
        }
    }
}
