import Synchronization

/// For tests: what to spoil.
package final class IdentityFaults: Sendable {
    package enum Fault: Sendable, Equatable {
        case healthy
        /// 200 with a page, as a proxy or a captive portal gives.
        case html
        /// An error of that status, in Appwrite's form.
        case status(Int)
        /// An error of that status and type.
        case refusal(Int, String)
        /// The key lacks the scope that the route asks for.
        case scopeMissing
        /// The right answer, this much later.
        case slow(Duration)
        /// The right answer, once the latch is open.
        case held(Latch)
        /// Sessions and tokens without their secret, as for a caller without a key.
        case emptySecret
        /// The connection is closed without an answer.
        case hangUp
    }

    private struct Plan {
        var everywhere = Fault.healthy
        var routes: [String: Fault] = [:]
    }

    private let plan = Mutex(Plan())

    package init() {}

    /// Spoils all routes, or the one whose name is given, such as `GET /account`.
    package func set(_ fault: Fault, for route: String? = nil) {
        plan.withLock { plan in
            if let route { plan.routes[route] = fault } else { plan.everywhere = fault }
        }
    }

    /// Makes everything healthy again.
    package func clear() {
        plan.withLock { $0 = Plan() }
    }

    func fault(for route: String) -> Fault {
        plan.withLock { $0.routes[route] ?? $0.everywhere }
    }
}

/// For tests: holds back answers until it is opened.
package final class Latch: Sendable, Equatable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    package init() {}

    package static func == (left: Latch, right: Latch) -> Bool { left === right }

    /// Lets go what is held, and whatever comes from now on.
    package func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
