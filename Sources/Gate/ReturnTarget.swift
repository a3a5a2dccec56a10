package import Ground

/// Where a visitor goes after signing in: always a path of this site, and one that the gate table knows.
///
/// Whatever is not leads home. What comes in is a stranger's text: scheme-relative, with backslashes, with control
/// characters, doubly encoded. It is not cleaned but read as a path and looked up (OWASP, Unvalidated Redirects).
package struct ReturnTarget: Hashable, Sendable {
    package let page: PagePath

    /// Reads a target as it stands in a query or a form, decoded once from that form: a path, perhaps
    /// percent-encoded, without query or fragment.
    package init(_ text: String?, among routes: GateTable) {
        guard let text, let path = PagePath(requestTarget: text),
            let route = routes[path] ?? routes[path.asFolder], route.kind != .asset
        else {
            page = .root
            return
        }
        page = route.path
    }

    /// Reads a target of a site that conceals what it has: any path, as looking it up would show whether something is there.
    package init(concealed text: String?) {
        page = text.flatMap { PagePath(requestTarget: $0) } ?? .root
    }
}
