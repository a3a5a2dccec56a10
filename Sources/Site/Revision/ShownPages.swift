import Synchronization

/// Which other pages each page of a release names: what must be filled anew when one of those has another title or summary.
struct ShownPages: Sendable {
    /// By the page's position in the model.
    let pages: [[Int]]
    /// By the list's position in the plan of lists.
    let lists: [[Int]]
    /// By the file's position in the plan of files.
    let files: [[Int]]

    /// Positions of the pages that name any of these.
    func pages(naming changed: Set<Int>) -> Set<Int> { Self.holders(of: changed, in: pages) }

    /// Positions of the lists that name any of these.
    func lists(naming changed: Set<Int>) -> Set<Int> { Self.holders(of: changed, in: lists) }

    /// Positions of the generated files that name any of these.
    func files(naming changed: Set<Int>) -> Set<Int> { Self.holders(of: changed, in: files) }

    private static func holders(of changed: Set<Int>, in lists: [[Int]]) -> Set<Int> {
        guard !changed.isEmpty else { return [] }
        return Set(lists.indices.filter { lists[$0].contains(where: changed.contains) })
    }
}

/// Notes the pages that are named while one page is being filled.
final class ShownNotes: Sendable {
    private let noted = Mutex<Set<Int>>([])

    func add(_ position: Int) { noted.withLock { _ = $0.insert(position) } }

    /// Going up.
    var positions: [Int] { noted.withLock { $0.sorted() } }
}
