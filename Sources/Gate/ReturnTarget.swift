package import Ground

/// Where a visitor goes after signing in: always a path of this site that the gate table knows.
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
}
