import Gate
import Ground
import Theme

/// Fills the files that a build makes itself, and writes none.
struct ReleaseFiller: Sendable {
    let model: SiteModel
    /// In the order of the model's pages.
    let rendered: [RenderedPage]
    let context: PageContext
    private let texts: FileTexts

    /// With `remembers`, each file comes with the pages that it names.
    init(_ model: SiteModel, _ rendered: [RenderedPage], remembers: Bool) {
        self.model = model
        self.rendered = rendered
        context = PageContext(model, rendered, remembers: remembers)
        texts = FileTexts(model: model, rendered: rendered)
    }

    /// A page of the model, by its position.
    func page(_ position: Int) throws -> FilledFile {
        let page = model.pages[position]
        let theme = model.theme(in: page.language)
        let layout = context.layout(of: page)
        let (values, shown) = context.context(of: page, rendered[position])
        var file = FilledFile(
            path: page.path,
            kind: .page,
            access: page.access,
            mediaType: MediaType.html,
            source: page.source.file.shownAs,
            expires: page.source.frontMatter.expires?.seconds,
            bytes: try theme.fill(layout, values),
            shown: shown
        )
        for other in rendered[position].others {
            let (values, shown) = context.context(of: page, other)
            let bytes = try theme.fill(layout, values)
            file.others.append(FilledFile.Other(requirements: other.access.requirements, bytes: bytes))
            file.shown = Set(file.shown).union(shown).sorted()
        }
        return file
    }

    /// A page that the build makes itself, by its position in the plan of lists.
    func list(_ position: Int) throws -> FilledFile {
        let list = model.lists.pages[position]
        let (context, shown) = context.context(of: list)
        let theme = model.theme(in: PageContext.language(of: list, model))
        return FilledFile(
            path: list.path,
            kind: .page,
            access: list.access,
            mediaType: MediaType.html,
            source: "\(list.place)",
            expires: self.context.expires(list),
            bytes: try theme.fill(self.context.layout(of: list), context),
            shown: shown
        )
    }

    /// A feed, a site map and the like, by its position in the plan of files.
    func file(_ position: Int) throws -> FilledFile {
        let file = model.files.files[position]
        return FilledFile(
            path: file.path,
            kind: .asset,
            access: file.access,
            mediaType: file.mediaType,
            source: "\(file.place)",
            expires: expires(file),
            bytes: try texts.bytes(of: file),
            shown: file.pages + [section(of: file)].compactMap(\.self)
        )
    }
}

extension ReleaseFiller {
    /// The feed of a section ends with it.
    private func expires(_ file: GeneratedFile) -> Int? {
        section(of: file).flatMap { model.pages[$0].source.frontMatter.expires?.seconds }
    }

    private func section(of file: GeneratedFile) -> Int? {
        guard case .feed(_, of: .section(let position)) = file.kind else { return nil }
        return position
    }
}

/// One file of a release, filled and not yet written.
struct FilledFile: Sendable {
    /// A rendering of a page for those who may read more of it.
    struct Other: Sendable {
        let requirements: [Requirement]
        let bytes: [UInt8]
    }

    let path: PagePath
    let kind: Route.Kind
    let access: Access
    let mediaType: String
    let source: String
    let expires: Int?
    let bytes: [UInt8]
    /// Positions of the other pages that it names; empty where nobody asked for them.
    var shown: [Int]
    /// Most demanding first; nearly always none.
    var others: [Other] = []

    /// What the gate table says of it; the digests are those of its bytes, and of those of the others.
    func route(_ digest: FileDigest, others digests: [FileDigest]) -> Route {
        var route = Route(
            path: path,
            kind: kind,
            access: access,
            file: path.outputFile,
            mediaType: mediaType,
            length: bytes.count,
            digest: digest.hex,
            source: source,
            expires: expires
        )
        guard !others.isEmpty else { return route }
        route.renderings = zip(others, digests).enumerated().map { position, other in
            Rendering(
                requirements: other.0.requirements,
                file: otherFile(position),
                length: other.0.bytes.count,
                digest: other.1.hex
            )
        }
        return route
    }

    /// Where one of the others lies: in the private tree whatever the page is, and in a folder that no file of content has.
    func otherFile(_ position: Int) -> String { ".readers/\(position + 1)/\(path.outputFile)" }
}
