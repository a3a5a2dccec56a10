/// Which project on which Appwrite.
package struct AppwriteEndpoint: Equatable, Sendable {
    /// Lower case: `http` or `https`.
    let scheme: String
    /// Host and perhaps port.
    let authority: String
    /// `/v1` as a rule; begins with `/`, never ends with it.
    let basePath: String
    /// The project's id.
    package let project: String
    /// The version of Appwrite whose answers this room reads; newer servers convert theirs down to it.
    let responseFormat: String

    /// Takes the endpoint as Appwrite's console shows it (`https://fra.cloud.appwrite.io/v1`; a closing slash does no
    /// harm) and a project id, or returns nil where either is none.
    ///
    /// Credentials, a query and a fragment are refused.
    package init?(url: String, project: String, responseFormat: String = "1.8.0") {
        guard Identifier.isValid(project), let separator = url.firstRange(of: "://") else { return nil }
        let rest = url[separator.upperBound...]
        let pathStart = rest.firstIndex(of: "/") ?? rest.endIndex
        scheme = url[..<separator.lowerBound].lowercased()
        authority = String(rest[..<pathStart])
        var path = rest[pathStart...]
        while path.hasSuffix("/") { path.removeLast() }
        basePath = String(path)
        self.project = project
        self.responseFormat = responseFormat
        guard ["http", "https"].contains(scheme), !authority.isEmpty else { return nil }
        guard (authority + basePath).utf8.allSatisfy(Self.isAllowed) else { return nil }
    }

    /// The endpoint without its project, for messages: `https://fra.cloud.appwrite.io/v1`.
    package var url: String { "\(scheme)://\(authority)\(basePath)" }

    /// The name of the cookie that holds a session secret of this project.
    package var cookieName: String { "a_session_\(project)" }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7f && !"@?#\\\"<>".utf8.contains(byte)
    }
}
