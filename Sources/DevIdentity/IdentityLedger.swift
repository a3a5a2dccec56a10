package import HTTPTypes
import Synchronization

/// For tests: what was asked.
///
/// Routes are named `GET /account/sessions/{sessionId}`, without /v1 and with the template's names.
package final class IdentityLedger: Sendable {
    /// One request and the status it was answered with.
    package struct Entry: Sendable {
        package let route: String
        /// With its query.
        package let target: String
        /// All of them, secrets included: this never leaves a test.
        package let headers: HTTPFields
        /// 0 where the connection was closed without an answer.
        package let status: Int
    }

    private struct Book {
        var counts: [String: Int] = [:]
        var recent: [Entry] = []
    }

    private let book = Mutex(Book())
    private let kept: Int

    /// A ledger that keeps the last `kept` requests; the counts are of all.
    package init(keeping kept: Int = 1000) {
        self.kept = kept
    }

    /// Oldest first.
    package var entries: [Entry] { book.withLock { $0.recent } }

    package var counts: [String: Int] { book.withLock { $0.counts } }

    package var total: Int { book.withLock { $0.counts.values.reduce(0, +) } }

    /// How often a route was asked.
    package func count(_ route: String) -> Int { book.withLock { $0.counts[route, default: 0] } }

    package func clear() {
        book.withLock { $0 = Book() }
    }

    func record(_ entry: Entry) {
        book.withLock { book in
            book.counts[entry.route, default: 0] += 1
            book.recent.append(entry)
            if book.recent.count > kept { book.recent.removeFirst(book.recent.count - kept) }
        }
    }
}
