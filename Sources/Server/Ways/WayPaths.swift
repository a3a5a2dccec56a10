import Ground
import HTTPTypes
import Settings

/// Which paths belong to the ways in, and which methods each takes.
struct WayPaths: Sendable {
    private let fixed: [String: Set<HTTPRequest.Method>]
    /// Patterns with a `{…}` segment, in segments.
    private let patterns: [(segments: [Substring], methods: Set<HTTPRequest.Method>)]
    /// Those in which that segment is a secret.
    private let secret: Set<String>

    init(_ auth: AuthSettings) {
        var methods: [String: Set<HTTPRequest.Method>] = [:]
        for route in AuthRoute.all(for: auth) {
            methods[route.path.text, default: []].formUnion(route.taken)
        }
        secret = Set(AuthRoute.all(for: auth).filter { $0.purpose == .memberFeed }.map(\.path.text))
        fixed = methods.filter { !$0.key.contains("{") }
        patterns = methods.filter { $0.key.contains("{") }.map { ($0.key.split(separator: "/"), $0.value) }
    }

    /// The methods that this path takes, or nil where it is none of ours.
    func methods(at path: PagePath) -> Set<HTTPRequest.Method>? {
        fixed[path.text] ?? pattern(of: path)?.methods
    }

    /// How one of our paths stands in the log: a secret in it as its name.
    func name(of path: PagePath) -> String? {
        if fixed[path.text] != nil { return path.text }
        guard let pattern = pattern(of: path) else { return nil }
        let text = "/" + pattern.segments.joined(separator: "/")
        return secret.contains(text) ? text : path.text
    }

    private func pattern(of path: PagePath) -> (segments: [Substring], methods: Set<HTTPRequest.Method>)? {
        guard !path.text.hasSuffix("/") else { return nil }
        let segments = path.text.split(separator: "/")
        return patterns.first { pattern in
            pattern.segments.count == segments.count
                && zip(pattern.segments, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }
}

extension AuthRoute {
    /// How its path may stand in a request: as it is written, and percent-encoded where it is another word than that, as
    /// browsers send it (RFC 3986 §2.5).
    var spellings: Set<String> {
        [path.text, path.encoded.replacing("%7B", with: "{").replacing("%7D", with: "}")]
    }

    /// The methods by which it is asked for.
    ///
    /// Whoever takes GET takes HEAD (RFC 9110 §9.3.2), but for those whose GET begins or ends a trip out of the site: a
    /// program that only looks whether a link is good must not spend the token in it.
    var taken: Set<HTTPRequest.Method> {
        switch (method, purpose) {
        case (.post, _): [.post]
        case (.get, .oauthStart), (.get, .oauthSuccess), (.get, .linkPage): [.get]
        case (.get, _): [.get, .head]
        }
    }
}
