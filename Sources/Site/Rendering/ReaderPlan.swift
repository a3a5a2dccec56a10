import Gate
import Ground

/// For whom one page is rendered: for all its readers, and for those who may read parts of it that others may not.
struct ReaderPlan {
    /// Each is a file, a line of the gate table, and something that an author ought to look at.
    static let most = 16

    /// Most demanding first, and last the page's own: the first that admits somebody shows all the parts that they may read, and
    /// no other.
    let accesses: [Access]

    /// Takes the accesses of the page's parts, each joined with those around it; nil where there would be too many renderings.
    ///
    /// Different joins that admit to the same parts are one. Costs O(parts² × renderings).
    init?(page: Access, parts: [Access]) {
        var found: [(access: Access, admitted: Set<Int>)] = []
        func add(_ access: Access) {
            let admitted = Set(parts.indices.filter { access.admitsOnly(thoseOf: parts[$0]) })
            if !found.contains(where: { $0.admitted == admitted }) { found.append((access, admitted)) }
        }
        add(page)
        for part in parts {
            for (access, _) in found { add(access.joined(with: part)) }
            guard found.count <= Self.most else { return nil }
        }
        accesses = found.sorted {
            ($1.admitted.count, Editions.name(of: $0.access)) < (
                $0.admitted.count, Editions.name(of: $1.access)
            )
        }.map(\.access)
    }
}

/// The parts for some that were met while a page was rendered, each once, in the order of the text.
final class PartsMet {
    private(set) var accesses: [Access] = []
    private var seen: Set<Audience.Key> = []

    func add(_ access: Access) {
        if seen.insert(Audience.Key(access)).inserted { accesses.append(access) }
    }
}

/// For whom a page's words are being rendered.
struct Reader {
    /// The page's own, or a stricter one.
    let access: Access
    let met: PartsMet
    /// The ids of headings that all readers of the page see.
    var sharedIDs: Set<String> = []
    /// Whether only what all readers have in common is wanted, and nothing of parts for some or for the others.
    var isNobody = false
    /// Whether readers of the first access get what is for those of the second.
    var gets = Self.own

    static let own: @Sendable (Access, Access) -> Bool = { $0.admitsOnly(thoseOf: $1) }
}

extension Access {
    /// Those of the readers of a rendering who may not see something that others of them may, for messages.
    func readers(of page: Page) -> String {
        if visibility == .public { return "a guest" }
        let isPart = Audience.Key(self) != Audience.Key(page.access)
        return "some members who may read this \(isPart ? "part" : "page")"
    }
}
