package import Gate
package import Ground
package import Settings

/// A page that is about to be written, read and placed as a build will do it.
package struct NewPage: Sendable {
    /// Below `content`: `members/fees.md`.
    package let file: String
    package let path: PagePath
    /// For whom it will be; what sections around it say is not asked.
    package let access: Access
    /// Whether builds leave it out.
    package let isDraft: Bool

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
        let parts = rest.split(separator: "/")
        // A build passes over what is hidden, and what pages share is no page.
        let isPage = !parts.contains { $0.hasPrefix(".") } && !parts.dropLast().contains("_partials")
        return isPage ? rest + ".md" : nil
    }

    /// Reads the page's text; what is wrong with it is told as of the file that it was made from.
    ///
    /// Throws as well where no page can have its address.
    package init(
        file: String,
        text: String,
        madeFrom template: String,
        settings: Settings
    ) throws(Diagnostics) {
        self.file = file
        let source = try PageSource(
            Array(text.utf8),
            of: ContentFile(path: file, location: ""),
            shownAs: template,
            taxonomies: settings.lists.taxonomies.map(\.name)
        )
        let inheritance = Inheritance([])
        let placing = PagePlacing(settings: settings, options: BuildOptions(), inheritance: inheritance)
        do throws(Diagnostic) {
            let placed = try placing.place(source).get()
            let reserved = ReservedPaths(auth: settings.auth)
            let place = Place(file: source.file.shownAs)
            if let refusal = reserved.refusal(of: placed.path, at: place, advice: "choose another name") {
                throw refusal
            }
            path = placed.path
            access = placed.access
        } catch {
            throw Diagnostics([error])
        }
        isDraft = source.frontMatter.isDraft
    }
}
