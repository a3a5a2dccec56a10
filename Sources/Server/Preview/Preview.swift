import FoundationEssentials
package import Gate
package import Ground
import Synchronization

/// What an author sees in the browser while writing: pages that reload by themselves, mistakes where they were made, and
/// the site as others see it.
///
/// Only `dev` has one, on this machine. It is told of each build, and tells the open pages.
package final class Preview: Sendable {
    /// An account that the author may look at the site as.
    package struct Account: Sendable {
        package let title: String
        package let email: String
        package let password: Secret

        package init(title: String, email: String, password: Secret) {
            self.title = title
            self.email = email
            self.password = password
        }
    }

    /// A mistake, with the lines around it.
    package struct Mistake: Sendable, Encodable {
        package struct Line: Sendable, Encodable {
            package let number: Int
            package let text: String

            package init(number: Int, text: String) {
                self.number = number
                self.text = text
            }
        }

        package let place: String
        package let line: Int
        package let severity: Diagnostic.Severity
        package let problem: String
        package let advice: String?
        package let excerpt: [Line]

        package init(_ diagnostic: Diagnostic, excerpt: [Line]) {
            place = diagnostic.place.description
            line = diagnostic.place.line
            severity = diagnostic.severity
            problem = diagnostic.problem
            advice = diagnostic.advice
            self.excerpt = excerpt
        }
    }

    /// A file of the release that has other bytes now.
    package struct Change: Sendable {
        package let route: Route
        package let bytes: [UInt8]

        package init(route: Route, bytes: [UInt8]) {
            self.route = route
            self.bytes = bytes
        }
    }

    /// The release that is served, as it is now.
    package struct Revised: Sendable {
        package let table: GateTable
        package let changes: [Change]
        /// Whether the theme and what stands around pages lie in the release as they are now, to be read anew.
        package let rereadsPages: Bool

        package init(table: GateTable, changes: [Change], rereadsPages: Bool) {
            self.table = table
            self.changes = changes
            self.rereadsPages = rereadsPages
        }
    }

    private struct State {
        var follower: (@Sendable (Revised) -> Void)?
        var mistakes: [Mistake] = []
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
        /// Begins where no page of an earlier server has come to.
        var edition = Int(Date().timeIntervalSince1970 * 1000)
        /// Whether the next release that is loaded says on every page what is shown already.
        var isConfirmed = false
    }

    package let accounts: [Account]
    private let state = Mutex(State())

    /// Takes the accounts that may be tried on; none where the site has a real Appwrite.
    package init(accounts: [Account]) {
        self.accounts = accounts
    }

    /// Hears that a build ended: with a new release, or with these mistakes.
    package func built(_ mistakes: [Mistake] = []) {
        state.withLock { state in
            state.mistakes = mistakes
            for listener in state.listeners.values { listener.yield() }
        }
    }

    /// Hears that a new release is served.
    func loaded() {
        state.withLock { state in
            if !state.isConfirmed { state.edition += 1 }
            state.isConfirmed = false
        }
        built()
    }

    /// Says whether the next release will say on every page what is shown already, so that no page need be loaded again for it.
    package func confirms(_ isConfirmed: Bool) { state.withLock { $0.isConfirmed = isConfirmed } }

    /// A number for what the pages say now: an open page with another one is out of date.
    var edition: Int { state.withLock(\.edition) }

    /// Hears that some files of the release that is served have other bytes now.
    package func revised(_ revised: Revised) {
        state.withLock(\.follower)?(revised)
        if !revised.changes.isEmpty || revised.rereadsPages { state.withLock { $0.edition += 1 } }
        built()
    }

    /// Has a server told of each revision.
    func follow(_ follower: @escaping @Sendable (Revised) -> Void) {
        state.withLock { $0.follower = follower }
    }

    /// What the last build got wrong; empty where it succeeded.
    var mistakes: [Mistake] { state.withLock { $0.mistakes } }

    /// Says something at once, and again whenever something changed; ends when the caller does.
    func changes() -> AsyncStream<Void> {
        // Only the newest counts: whoever listens looks at what is so now.
        let (stream, continuation) = AsyncStream.makeStream(
            of: Void.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        let number = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        continuation.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        continuation.yield()
        return stream
    }
}
