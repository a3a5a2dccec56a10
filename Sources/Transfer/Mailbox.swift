import CCurl
import HTTPTypes
import Synchronization

/// One request on its way to the loop.
struct Order: Sendable {
    let request: HTTPRequest
    let address: TransferAddress
    let body: [UInt8]
    let limits: TransferLimits
    let ticket: Ticket
}

/// What tasks tell the loop, and the bell that wakes it: `curl_multi_wakeup`, the one call on a multi handle that
/// libcurl allows from other threads.
final class Mailbox: Sendable {
    /// Everything that has arrived since the loop last looked.
    struct Post {
        var orders: [Order] = []
        var withdrawn: [Ticket] = []
        /// When what is under way must be given up; nil while the client is open.
        var end: ContinuousClock.Instant?
    }

    /// `@unchecked Sendable`: the pointer is read under the mailbox's lock only, for `curl_multi_wakeup` alone, and is
    /// taken away under that lock before the loop frees what it points to.
    private struct Bell: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer
    }

    private struct State {
        var bell: Bell?
        var post = Post()
        var waiters: [@Sendable () -> Void] = []

        /// A failure here would mean that the pipe is full, and then the loop is awake already.
        func ring() {
            if let bell { _ = curl_multi_wakeup(bell.multi) }
        }
    }

    private let state: Mutex<State>

    init(multi: UnsafeMutableRawPointer) {
        state = Mutex(State(bell: Bell(multi: multi)))
    }

    /// Returns false once the client is closed.
    func post(_ order: Order) -> Bool {
        state.withLock { state in
            guard state.bell != nil, state.post.end == nil else { return false }
            state.post.orders.append(order)
            state.ring()
            return true
        }
    }

    func withdraw(_ ticket: Ticket) {
        state.withLock { state in
            guard state.bell != nil else { return }
            state.post.withdrawn.append(ticket)
            state.ring()
        }
    }

    /// An earlier end stays, a later one does not prolong it.
    func close(grace: Duration, then finished: (@Sendable () -> Void)?) {
        let isOver = state.withLock { state in
            guard state.bell != nil else { return true }
            let end = ContinuousClock.now + grace
            state.post.end = state.post.end.map { min($0, end) } ?? end
            if let finished { state.waiters.append(finished) }
            state.ring()
            return false
        }
        if isOver { finished?() }
    }

    /// For the loop: takes what has arrived.
    func collect() -> Post {
        state.withLock { state in
            defer { state.post = Post(end: state.post.end) }
            return state.post
        }
    }

    /// For the loop: no call of `curl_multi_wakeup` begins after this.
    ///
    /// Returns the orders that came too late.
    func takeBell() -> [Order] {
        state.withLock { state in
            state.bell = nil
            defer { state.post.orders = [] }
            return state.post.orders
        }
    }

    /// For the loop: everything is freed, tell those who wait.
    func announceEnd() {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter() }
    }
}
