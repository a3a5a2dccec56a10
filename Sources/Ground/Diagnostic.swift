/// A mistake in the author's files: where it is, what it is, and what to do about it.
///
/// Diagnostics are collected and shown together, sorted by place; an author who made three mistakes hears of three.
package struct Diagnostic: Error, Hashable, Sendable {
    package enum Severity: String, Sendable, Encodable {
        /// The build fails and leaves the last good release in place.
        case error
        /// The build goes on.
        case warning
    }

    package let severity: Severity
    package let place: Place
    /// One line, lower case, without a full stop: `unknown key 'visibilty'`.
    package let problem: String
    /// One line that says what to do, where that can be said: `did you mean 'visibility'?`.
    package let advice: String?

    package init(_ severity: Severity = .error, at place: Place, _ problem: String, advice: String? = nil) {
        self.severity = severity
        self.place = place
        self.problem = problem
        self.advice = advice
    }
}

extension Diagnostic: Comparable {
    package static func < (left: Diagnostic, right: Diagnostic) -> Bool {
        (left.place, left.problem) < (right.place, right.problem)
    }
}

extension Diagnostic: CustomStringConvertible {
    /// As a compiler prints it, so that editors can jump to it; the advice is indented on a line of its own.
    ///
    /// File names and texts of files are quoted in it, so what would move or colour a terminal is spelled out.
    package var description: String { described { $0.rawValue } }

    /// The same with the word for its severity as the caller paints it.
    package func described(severity paint: (Severity) -> String) -> String {
        let line = "\(place.description.visible): \(paint(severity)): \(problem.visible)"
        return advice.map { "\(line)\n    \($0.visible)" } ?? line
    }
}

/// Everything that was wrong, for the caller that has to show it.
package struct Diagnostics: Error, Sendable, CustomStringConvertible {
    /// Sorted by place, without repetitions.
    package let all: [Diagnostic]

    package init(_ all: some Sequence<Diagnostic>) {
        self.all = Set(all).sorted()
    }

    package var hasErrors: Bool { all.contains { $0.severity == .error } }

    package var description: String { all.map(\.description).joined(separator: "\n") }
}
