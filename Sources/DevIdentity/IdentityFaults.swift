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
