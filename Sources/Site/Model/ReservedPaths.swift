import Ground
import Settings
import Theme

/// The addresses that content cannot have, since the server answers there itself or will.
struct ReservedPaths: Sendable {
    private let owners: [String: String]
    private let patterns: [[Substring]]

    init(auth: AuthSettings) {
        var owners: [String: String] = [:]
        for name in Self.kept { owners[name] = "it is kept for the server" }
        for route in AuthRoute.all(for: auth) {
            owners[route.path.text] = "the 'auth' section makes a route at \(route.path)"
        }
        self.owners = owners
        patterns = owners.keys.filter { $0.contains("{") }.map { $0.split(separator: "/") }
    }

    /// Why a page or an asset cannot be here; nil where it can.
    func refusal(of path: PagePath, at place: Place, advice: String) -> Diagnostic? {
        reason(against: path).map {
            Diagnostic(at: place, "nothing in content can be at \(path): \($0)", advice: advice)
        }
    }

    private func reason(against path: PagePath) -> String? {
        if path.text.hasPrefix("/_gatehouse/") { return "the preview answers below /_gatehouse/" }
        if path.text.hasPrefix(SearchPlan.root) { return "the search has its files below \(SearchPlan.root)" }
        if path.text.hasPrefix("/assets/") { return "the theme's files are served below /assets/" }
        let plain = path.text.count > 1 && path.text.hasSuffix("/") ? String(path.text.dropLast()) : path.text
        if let owner = owners[plain] { return owner }
        let segments = plain.split(separator: "/")
        let isRoute = patterns.contains { pattern in
            pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return isRoute ? "the 'auth' section makes a route at \(plain)" : nil
    }

    /// What links may lead to.
    var linkable: [String] { owners.keys.filter { !$0.contains("{") && !Self.kept.contains($0) } }

    /// Nothing answers here yet.
    private static let kept = ["/healthz", "/readyz", "/metrics", "/gate/check"]
}
