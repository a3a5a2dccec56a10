import Gate
import Ground

/// Decides who may see a file that says nothing of itself: the strictest of all that might be meant.
///
/// The rules are written down in this room's `Room.md`.
struct AssetAccess {
    /// A page as far as the files beside it are concerned; a page that is left out has files, too.
    struct Neighbour {
        let file: ContentFile
        let access: Access
        let absence: Absence?
        /// In seconds since 1970 in UTC.
        let expires: Int?
    }

    private let policy: VisibilityPolicy
    private let inheritance: Inheritance
    private let buildsDrafts: Bool
    /// By folder: the pages that stand for it, `foo/index.md` and `foo.md`.
    private var owners: [String: [Neighbour]] = [:]
    /// By folder: who may see every page in it.
    private var shared: [String: Access] = [:]

    init(policy: VisibilityPolicy, inheritance: Inheritance, pages: [Neighbour], buildsDrafts: Bool) {
        self.policy = policy
        self.buildsDrafts = buildsDrafts
        self.inheritance = inheritance
        for page in pages {
            let folder = String(page.file.folder)
            shared[folder] = shared[folder].map { $0.joined(with: page.access) } ?? page.access
            let owned =
                page.file.isIndex
                ? folder : folder.isEmpty ? String(page.file.stem) : "\(folder)/\(page.file.stem)"
            owners[owned, default: []].append(page)
        }
    }

    /// The asset, or why it is left out.
    func decide(_ file: ContentFile, at path: PagePath) throws(Diagnostic) -> Decided {
        let claim = VisibilityClaim(visibility: nil, place: Place(file: file.shownAs))
        let ruled = try policy.access(to: path, claim: claim)
        let rule = policy.rule(for: path)
        let owners = owners(of: file.folder)
        if let absence = owners.compactMap(\.absence).first { return .leftOut(absence) }
        let inherited = inheritance.inherited(by: file)
        if inherited.draft == true, !buildsDrafts, !owners.contains(where: isFinished) {
            return .leftOut(.draft)
        }
        let meant = owners.map(\.access) + [shared[String(file.folder)], inherited.access].compactMap(\.self)
        let namesOne = rule.map { !$0.pattern.text.contains("*") } ?? false
        let asset = Asset(
            file: file,
            path: path,
            access: namesOne ? ruled : meant.reduce(ruled) { $0.joined(with: $1) },
            isRuled: rule != nil,
            expires: owners.compactMap(\.expires).min()
        )
        guard namesOne, let rule, let stricter = meant.first(where: { !ruled.admitsOnly(thoseOf: $0) }) else {
            return .asset(asset, nil)
        }
        return .asset(asset, Self.warning(rule, against: stricter))
    }

    enum Decided {
        /// Perhaps with a warning.
        case asset(Asset, Diagnostic?)
        case leftOut(Absence)
    }
}

extension AssetAccess {
    /// The rule means one file and is obeyed; whoever wrote the page later may not know of it.
    private static func warning(_ rule: VisibilityRule, against stricter: Access) -> Diagnostic {
        Diagnostic(
            .warning,
            at: rule.place,
            "the rule '\(rule.pattern)' opens this one file further than what is said at \(stricter.place)",
            advice: "make the rule as strict, or move the file to a folder that is for whom the rule says"
        )
    }

    /// Whether a page lies among drafts and says itself that it is none, and so for its files.
    private func isFinished(_ page: Neighbour) -> Bool { inheritance.inherited(by: page.file).draft == true }

    /// The pages that stand for a folder, or for the nearest above it that has one.
    private func owners(of folder: Substring) -> [Neighbour] {
        var folder = folder
        while true {
            if let found = owners[String(folder)] { return found }
            guard !folder.isEmpty else { return [] }
            folder = folder.lastIndex(of: "/").map { folder[..<$0] } ?? ""
        }
    }
}
