import HTTPTypes

/// One route of the API, with all that Appwrite labels it with.
struct Route: Sendable {
    /// What else is asked of a caller.
    enum Group: Sendable {
        /// Refused while a session is active.
        case session
        /// Open while a second factor is pending.
        case mfa
    }

    typealias Action = @Sendable (borrowing Exchange, inout Directory) throws(Refusal) -> Answer

    let method: HTTPRequest.Method
    /// Below /v1, such as `/account/sessions/{sessionId}`.
    let template: String
    /// Any one of them is enough.
    let scopes: [String]
    var groups: Set<Group> = []
    var authMethod: AuthMethod?
    var limit: RateRule?
    /// OAuth routes are seen in a browser, and so are their errors.
    var showsErrorsAsHTML = false
    /// Older spellings of the template.
    var aliases: [String] = []
    let action: Action

    /// `POST /account/sessions/email`.
    var name: String { "\(method.rawValue) \(template)" }

    /// What is not a route is asked for its project, origin and key all the same.
    static let unknown = Route(method: .get, template: "/*", scopes: ["global"]) {
        (_, _) throws(Refusal) in throw .routeNotFound
    }
}

extension Route {
    /// The parts of the path that the template names, or nil where it does not match.
    func match(_ method: HTTPRequest.Method, _ path: ArraySlice<String>) -> [String: String]? {
        guard method == self.method || (method == .head && self.method == .get) else { return nil }
        for spelling in [template] + aliases {
            if let names = Self.match(spelling, path) { return names }
        }
        return nil
    }

    private static func match(_ template: String, _ path: ArraySlice<String>) -> [String: String]? {
        let parts = template.split(separator: "/")
        guard parts.count == path.count else { return nil }
        var names: [String: String] = [:]
        for (part, segment) in zip(parts, path) {
            if part.hasPrefix("{") {
                names[String(part.dropFirst().dropLast())] = segment
            } else if part != segment {
                return nil
            }
        }
        return names
    }
}
