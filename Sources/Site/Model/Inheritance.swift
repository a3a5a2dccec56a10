import Gate
import Ground
import Theme

/// What each folder's files get from the cascades of the sections around them.
struct Inheritance: Sendable {
    /// All that reaches one folder.
    struct Inherited: Sendable {
        /// For whom everything below is at most; nil where no cascade closes it.
        var access: Access?
        var draft: Bool?
        var layout: String?
        var layoutPlace = Place(file: "")
        var params: [String: TemplateValue] = [:]

        /// Whether a page could say something that it does not say itself.
        var changesPages: Bool { draft != nil || layout != nil || !params.isEmpty }
    }

    /// By the folder of their `_index.md`.
    private let cascades: [String: Cascade]

    init(_ sources: [PageSource]) {
        var cascades: [String: Cascade] = [:]
        for source in sources where source.file.isSection {
            cascades[String(source.file.folder)] = source.frontMatter.cascade
        }
        self.cascades = cascades
    }

    /// What a file gets: a section gets nothing of its own cascade, which is for what lies below.
    func inherited(by file: ContentFile) -> Inherited {
        guard !cascades.isEmpty else { return Inherited() }
        var inherited = Inherited()
        for cascade in around(file) { inherited.take(cascade) }
        return inherited
    }

    /// A cascade where none can be.
    static func problems(in sources: [PageSource]) -> [Diagnostic] {
        sources.compactMap { source in
            guard let cascade = source.frontMatter.cascade, !source.file.isSection else { return nil }
            return Diagnostic(
                at: cascade.place,
                "'cascade' has an effect in an '_index.md' only",
                advice: source.file.isIndex
                    ? "rename the file to _index.md, which makes its folder a section" : nil
            )
        }
    }
}

extension Inheritance {
    /// From the outermost section to the nearest.
    private func around(_ file: ContentFile) -> [Cascade] {
        var found: [Cascade] = []
        var folder: Substring? = file.isSection ? Self.parent(of: file.folder) : file.folder
        while let current = folder {
            if let cascade = cascades[String(current)] { found.append(cascade) }
            folder = Self.parent(of: current)
        }
        return found.reversed()
    }

    private static func parent(of folder: Substring) -> Substring? {
        guard !folder.isEmpty else { return nil }
        return folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
    }
}

extension Inheritance.Inherited {
    fileprivate mutating func take(_ cascade: Cascade) {
        if let place = cascade.closedAt {
            let closed = Access(visibility: .private, requirements: cascade.requirements, place: place)
            access = access.map { closed.joined(with: $0) } ?? closed
        }
        draft = cascade.draft ?? draft
        if let layout = cascade.layout {
            self.layout = layout
            layoutPlace = cascade.layoutPlace
        }
        params.merge(cascade.params) { _, nearer in nearer }
    }
}

extension PageSource {
    /// The page with what it does not say itself.
    func taking(_ inherited: Inheritance.Inherited) -> PageSource {
        guard inherited.changesPages else { return self }
        var frontMatter = frontMatter
        frontMatter.draft = frontMatter.draft ?? inherited.draft
        if frontMatter.layout == nil, let layout = inherited.layout {
            frontMatter.layout = layout
            frontMatter.layoutPlace = inherited.layoutPlace
        }
        frontMatter.params.merge(inherited.params) { own, _ in own }
        return PageSource(self, frontMatter: frontMatter)
    }
}
