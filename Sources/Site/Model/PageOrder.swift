import Ground

/// How pages follow each other in lists, and which stand below which.
///
/// It says nothing of who may see them: whatever shows a page asks `SiteListing`.
struct PageOrder: Sendable {
    /// All positions by weight, then the newest first, then by address.
    let all: [Int]
    /// By page: where it stands in that order.
    let ranks: [Int]
    /// By folder: what its list shows, in that order.
    private let children: [String: [Int]]
    /// By folder: the pages that stand for it and for those around it, the nearest first.
    private let owners: [Substring: [Int]]
    /// By folder of a section: its pages in a row, without the sections below it.
    private let rows: [String: [Int]]
    /// By page: where it stands in its row.
    private let places: [Int: Int]

    /// Costs O(pages), apart from sorting.
    init(_ pages: [Page]) {
        all = Self.sorted(pages.filter(\.isListed))
        var ranks = [Int](repeating: 0, count: pages.count)
        for (rank, position) in all.enumerated() { ranks[position] = rank }
        self.ranks = ranks
        var children: [String: [Int]] = [:]
        for position in all where pages[position].original != "index" {
            guard let folder = Self.parent(pages[position].source.file) else { continue }
            children[folder, default: []].append(position)
        }
        self.children = children
        var rows: [String: [Int]] = [:]
        var places: [Int: Int] = [:]
        for page in pages where page.source.file.isSection {
            let folder = String(page.source.file.folder)
            let row = (children[folder] ?? []).filter { !pages[$0].source.file.isSection }
            rows[folder] = row
            for (place, position) in row.enumerated() { places[position] = place }
        }
        owners = Self.owners(pages)
        self.rows = rows
        self.places = places
    }

    /// The pages below the one that stands for its folder; empty for any other page.
    func children(of page: Page) -> [Int] {
        page.source.file.isIndex ? children[String(page.source.file.folder)] ?? [] : []
    }

    /// The pages that stand for the folders around a page, the nearest first.
    func ancestors(of page: Page) -> [Int] {
        let file = page.source.file
        guard let folder = file.isIndex ? Self.parent(ofFolder: file.folder) : file.folder else { return [] }
        return owners[folder] ?? []
    }

    /// The row of its section that a page stands in, and where; nil where it stands in none.
    func row(of page: Page) -> (row: [Int], place: Int)? {
        guard let place = places[page.position], let folder = Self.parent(page.source.file),
            let row = rows[folder]
        else { return nil }
        return (row, place)
    }
}

extension PageOrder {
    /// What decides where a page stands.
    private struct Key: Comparable {
        let weight: Int
        let date: Int
        let path: PagePath
        let position: Int

        init(_ page: Page) {
            let front = page.source.frontMatter
            weight = front.weight
            date = front.date?.seconds ?? Int.min
            path = page.path
            position = page.position
        }

        static func < (left: Key, right: Key) -> Bool {
            if left.weight != right.weight { return left.weight < right.weight }
            return left.date != right.date ? left.date > right.date : left.path < right.path
        }
    }

    private static func sorted(_ pages: [Page]) -> [Int] { pages.map(Key.init).sorted().map(\.position) }

    /// The folder in whose list a page stands; nil for the front page, which stands in none.
    private static func parent(_ file: ContentFile) -> String? {
        (file.isIndex ? parent(ofFolder: file.folder) : file.folder).map(String.init)
    }

    private static func parent(ofFolder folder: Substring) -> Substring? {
        guard !folder.isEmpty else { return nil }
        return folder.utf8.lastIndex(of: UInt8(ascii: "/")).map { folder[..<$0] } ?? ""
    }

    private static func owners(_ pages: [Page]) -> [Substring: [Int]] {
        var own: [Substring: Int] = [:]
        for (position, page) in pages.enumerated() where page.source.file.isIndex {
            own[page.source.file.folder] = position
        }
        var found: [Substring: [Int]] = [:]
        for page in pages {
            for folder in sequence(first: page.source.file.folder, next: parent) {
                if found[folder] != nil { break }
                found[folder] = sequence(first: folder, next: parent).compactMap { own[$0] }
            }
        }
        return found
    }
}
