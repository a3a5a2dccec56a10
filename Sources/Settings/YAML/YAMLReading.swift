package import Ground

/// What one reading of a YAML text has found so far; shared by the tables of that text.
///
/// Used within one function and never handed to another task, and so has no need of a lock.
package final class YAMLReading {
    package private(set) var diagnostics: [Diagnostic] = []
    /// What `${NAME}` may name; nil where nothing is replaced, as in front matter.
    package let environment: [String: String]?

    package init(environment: [String: String]? = nil) { self.environment = environment }

    package func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    package func report(
        _ severity: Diagnostic.Severity = .error,
        at place: Place,
        _ problem: String,
        advice: String? = nil
    ) {
        report(Diagnostic(severity, at: place, problem, advice: advice))
    }
}
