package import Gate
package import Ground

/// A page that is about to be written, read as a build will read it.
package struct NewPage: Sendable {
    /// Below `content`: `members/fees.md`.
    package let file: String
    package let path: PagePath
    /// Whether builds leave it out.
    package let isDraft: Bool
    private let claim: VisibilityClaim

    /// Takes a page's address or file as an author names it: `members/fees`, `/members/fees/`, `content/members/fees.md`.
    ///
    /// Nil where no page can be there.
    package static func file(named name: String) -> String? {
        var rest = name[...]
        while rest.hasPrefix("/") || rest.hasPrefix("./") { rest = rest.drop { $0 == "." }.dropFirst() }
        if rest.hasPrefix("content/") { rest = rest.dropFirst("content/".count) }
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        if rest.hasSuffix(".md") { rest = rest.dropLast(3) }
        guard !rest.isEmpty, PagePath("/" + rest) != nil else { return nil }
        // A build passes over what is hidden.
        return rest.split(separator: "/").contains { $0.hasPrefix(".") } ? nil : rest + ".md"
    }

    /// Reads the page's text; what is wrong with it is told as of the file that it was made from.
    package init(file: String, text: String, madeFrom template: String) throws(Diagnostics) {
        self.file = file
        let source: SourceText
        do {
            source = try SourceText(Array(text.utf8), file: template)
        } catch {
            throw Diagnostics([error])
        }
        let front =
            if let yaml = source.frontMatter {
                try FrontMatter(yaml, file: template)
            } else {
                FrontMatter(file: template)
            }
        claim = front.claim
        isDraft = front.isDraft
        let stem = file.dropLast(3)
        let folder = stem == "index" ? "" : stem.hasSuffix("/index") ? stem.dropLast(6) : stem
        guard let path = front.url ?? PagePath(folder.isEmpty ? "/" : "/\(folder)/") else {
            throw Diagnostics([Diagnostic(at: Place(file: template), "no address can be made of '\(file)'")])
        }
        self.path = path
    }

    /// For whom it will be.
    package func access(under policy: VisibilityPolicy) throws(Diagnostic) -> Access {
        try policy.access(to: path, claim: claim)
    }
}
