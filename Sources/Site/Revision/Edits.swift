import Ground
import Theme

/// What was edited since a release was made, where it is of a kind that can be looked at alone.
struct Edits {
    /// The pages as they are written now, by their positions in the model.
    private(set) var pages: [Int: PageSource] = [:]
    /// Templates of the theme.
    private(set) var templates = false
    /// Texts that pages include.
    private(set) var partials = false
    private(set) var data = false
    /// Assets of the theme, as they are served.
    private(set) var assets: [ThemeAssets.Item] = []

    /// Nil where a file came or went, or is of another kind, and where a page cannot be read.
    init?(of changed: Set<String>, in kept: BuildMemory.Kept, taxonomies: [String]) {
        let (model, templateFiles) = (kept.model, Set(kept.model.theme.templateFiles))
        let partialFiles = Set(kept.scan.partials.map(\.shownAs))
        // One that is named by its bytes has another name on every page.
        let assets = model.names.theme.items.filter { $0.fingerprint == nil }
        for file in changed {
            if let position = kept.positions[file] {
                let before = model.pages[position].source.file
                guard let source = try? PageSource(reading: before, taxonomies: taxonomies) else {
                    return nil
                }
                pages[position] = source
            } else if templateFiles.contains(file) {
                templates = true
            } else if partialFiles.contains(file) {
                partials = true
            } else if file.hasPrefix("data/") {
                data = true
            } else if let asset = assets.first(where: { $0.file.shownAs == file }) {
                self.assets.append(asset)
            } else {
                return nil
            }
        }
    }

    /// Whether every page stays where it is, on every list and for the same readers, and includes what it included.
    func keepPlan(of kept: BuildMemory.Kept) -> Bool {
        !templates && !partials && !data
            && pages.allSatisfy { position, source in
                let before = kept.sources[kept.places[position]]
                return source.bodyLine == before.bodyLine
                    && source.frontMatter.places(like: before.frontMatter)
            }
    }
}
