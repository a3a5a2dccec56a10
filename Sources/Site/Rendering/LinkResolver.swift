import Gate
import Ground
import Markdown

/// Finds what the links of one page lead to.
///
/// A relative destination is a file as it lies beside the page's own (`../fees.md`, `plan.png`, `fees/`), or else an
/// address as a browser would see it from the page's. An absolute one, `/fees/`, is an address of the site, or a file
/// below `content` (`/fees.md`). What is found is written to the page as its full address.
struct LinkResolver {
    /// A `#…` that can be checked when the page it is on has been rendered.
    struct PendingAnchor {
        let place: Place
        /// A position in the model's pages.
        let page: Int
        let anchor: String
    }

    private let model: SiteModel
    private let position: Int
    private let page: Page
    /// Who reads what is rendered: all readers of the page, or fewer.
    private let reader: Access
    private(set) var anchors: [PendingAnchor] = []
    /// Positions of the assets that the page shows or links to.
    private(set) var usedAssets: Set<Int> = []
    /// Those of them that it shows.
    private(set) var shownAssets: Set<Int> = []
    /// Of pictures that will not be seen.
    private(set) var warnings: [Diagnostic] = []
    /// Links to other sites, in the order of the text.
    private(set) var external: [ExternalLink] = []

    /// The position is that of the page in the model.
    init(_ model: SiteModel, page position: Int, reader: Access) {
        self.model = model
        self.reader = reader
        self.position = position
        page = model.pages[position]
    }

    mutating func resolve(_ reference: Reference) -> Resolution {
        if reference.kind == .link, model.openAddresses.contains(reference.destination) { return .keep }
        let destination = LinkDestination(reference.destination)
        guard destination.kind != .elsewhere else {
            if let link = ExternalLink(reference) { external.append(link) }
            return reference.kind == .image ? .image(nil, nil) : .keep
        }
        guard let path = destination.path else { return dead(reference) }
        if path.isEmpty {
            note(destination, reference.place, on: position)
            return .keep
        }
        guard let found = find(path, destination.kind, from: reference.place) else { return dead(reference) }
        return resolution(of: found, reference, destination)
    }
}

extension LinkResolver {
    private struct Found {
        let target: Target
        let path: PagePath?
    }

    private mutating func resolution(
        of found: Found,
        _ reference: Reference,
        _ destination: LinkDestination
    ) -> Resolution {
        let path: PagePath
        var size: ImageSize?
        var sources: [ImageSource] = []
        switch found.target {
        case .leftOut(let absence): return absent(reference, absence)
        case .page(let target):
            if reference.kind == .image {
                return .dead(problem: "'\(reference.destination)' is a page, not an image", advice: nil)
            }
            note(destination, reference.place, on: target)
            path = address(of: model.pages[target], writtenAs: found.path)
        case .asset(let target):
            let asset = model.assets[target]
            if reference.kind == .image, !reader.admitsOnly(thoseOf: asset.access) {
                return unseen(asset, reference)
            }
            usedAssets.insert(target)
            // A link is copied, sent on and kept, so it leads to the name that stays.
            guard reference.kind == .image else {
                path = asset.path
                break
            }
            shownAssets.insert(target)
            let image = ImageFile(reading: asset.file.location)
            size = image?.size
            if let (problem, advice) = image?.problem(named: asset.path.text) {
                warnings.append(Diagnostic(.warning, at: reference.place, problem, advice: advice))
            }
            do throws(BuildFailure) {
                path = try model.names.address(of: asset)
                sources = try model.names.sources(of: asset)
            } catch {
                return .dead(problem: "\(error)", advice: nil)
            }
        case .outside:
            guard let outside = found.path else { return dead(reference) }
            path = reference.kind == .image ? model.names.theme.address(of: outside) ?? outside : outside
        }
        if reference.kind == .link, destination.fragment == nil, destination.query.isEmpty {
            return .replace(path.encoded)
        }
        // A fragment is written as the author wrote it: the room that renders encodes what is not encoded.
        let fragment = destination.fragment.map { "#" + Self.encoded($0) } ?? ""
        let address = path.encoded + Self.encoded(destination.query) + fragment
        return reference.kind == .image ? .image(address, size, sources: sources) : .replace(address)
    }

    /// The page's own address; but an alias stays one where not all readers may know where the page is now.
    private func address(of page: Page, writtenAs alias: PagePath?) -> PagePath {
        let mayKnow = reader.admitsOnly(thoseOf: page.access) || page.source.frontMatter.isTeaser
        return mayKnow ? page.path : alias ?? page.path
    }

    private mutating func note(_ destination: LinkDestination, _ place: Place, on target: Int) {
        guard let anchor = destination.anchor, !anchor.isEmpty, anchor != "top" else { return }
        anchors.append(PendingAnchor(place: place, page: target, anchor: anchor))
    }

    private func find(_ path: String, _ kind: LinkDestination.Kind, from place: Place) -> Found? {
        if kind == .absolute {
            return address(path) ?? file(String(path.dropFirst()))
        }
        let folder = folder(of: place)
        let own = folder.isEmpty ? path : "\(folder)/\(path)"
        if let found = file(own) { return found }
        // A partial has no address of its own.
        guard place.file == page.source.file.shownAs else { return nil }
        let base = page.path.text[...(page.path.text.lastIndex(of: "/") ?? page.path.text.startIndex)]
        return address(base + path)
    }

    /// The folder of the file that a link is written in: the page's, or that of a partial in it.
    private func folder(of place: Place) -> Substring {
        let file = place.file.hasPrefix("content/") ? place.file.dropFirst("content/".count) : place.file[...]
        return file.lastIndex(of: "/").map { file[..<$0] } ?? ""
    }

    /// A file below `content`, or the page that a folder's name stands for.
    private func file(_ path: String) -> Found? {
        guard let path = Self.normalized(path) else { return nil }
        let stem = path.hasSuffix("/") ? String(path.dropLast()) : path
        let names = path.hasSuffix("/") || path.isEmpty ? [] : [path]
        let folder = stem.isEmpty ? "" : stem + "/"
        let pages = (stem.isEmpty ? [] : [stem + ".md"]) + [folder + "index.md", folder + "_index.md"]
        for name in names + pages {
            if let target = model.sources[name] { return Found(target: target, path: nil) }
        }
        return nil
    }

    private func address(_ path: String) -> Found? {
        guard let text = Self.normalized(path), let path = PagePath(text) else { return nil }
        if let target = model.addresses[path] { return Found(target: target, path: path) }
        let folder = path.asFolder
        return model.addresses[folder].map { Found(target: $0, path: folder) }
    }

    /// Without `.` and `..` segments; nil where they lead out.
    static func normalized(_ path: String) -> String? {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        var result: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for (position, segment) in segments.enumerated() {
            let isLast = position == segments.count - 1
            switch segment {
            case ".": if isLast { result.append("") }
            case "..":
                guard let last = result.popLast(), !(last.isEmpty && result.isEmpty) else { return nil }
                if isLast { result.append("") }
            default: result.append(segment)
            }
        }
        return result.joined(separator: "/")
    }

    /// Encodes what cannot stand in a URL; what is encoded already stays so.
    private static func encoded(_ text: Substring) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte > 0x20, byte < 0x7f, !"\"<>\\^`{|}".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}

extension LinkResolver {
    private func dead(_ reference: Reference) -> Resolution {
        let near = nearest(to: reference.destination)
        return .dead(
            problem: "'\(reference.destination)' leads nowhere",
            advice: near.map { "did you mean '\($0)'?" }
        )
    }

    private func absent(_ reference: Reference, _ absence: Absence) -> Resolution {
        let (reason, advice): (String, String?) =
            switch absence {
            case .draft: ("is a draft", "build with --drafts to have it")
            case .future: ("has a date that has not come yet", "build with --future to have it")
            case .expired: ("has expired", nil)
            }
        return .dead(
            problem: "'\(reference.destination)' leads to what this build leaves out: it \(reason)",
            advice: advice
        )
    }

    private func unseen(_ asset: Asset, _ reference: Reference) -> Resolution {
        let readers = reader.readers(of: page)
        return .dead(
            problem:
                "\(readers) would see a broken image: '\(reference.destination)' is private by \(asset.access.place)",
            advice:
                "move the image beside a page of its own kind, or write a rule for \(asset.path) in site.config"
        )
    }

    /// Looked for among neighbours and namesakes only where the site is large: each comparison costs its letters squared.
    private func nearest(to destination: String) -> String? {
        let link = LinkDestination(destination)
        guard let path = link.path else { return nil }
        let name = path.split(separator: "/").last ?? ""
        let all = link.kind == .absolute ? model.addresses.keys.map(\.text) : siblings
        let candidates = all.count <= 500 ? all : all.filter { $0.split(separator: "/").last == name }
        return Suggestion.nearest(to: path, in: candidates)
            ?? (link.kind == .absolute ? nil : namesake(of: name))
    }

    /// A file of this name in another folder, as it is reached from here: of several the one with the shortest way.
    private func namesake(of name: Substring) -> String? {
        guard !name.isEmpty, ![".", "..", "index.md", "_index.md"].contains(name) else { return nil }
        let names = [name, name + ".md"]
        let ways = model.sources.keys.filter { path in
            names.contains(
                path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
            )
        }.map(way)
        return ways.min { ($0.count { $0 == "/" }, $0) < ($1.count { $0 == "/" }, $1) }
    }

    /// From the page's folder to a file below `content`.
    private func way(to path: String) -> String {
        let here = page.source.file.folder.split(separator: "/")
        let there = path.split(separator: "/")
        let shared = zip(here, there.dropLast()).prefix { $0 == $1 }.count
        let up = Array(repeating: "..", count: here.count - shared)
        return (up + there.dropFirst(shared).map(String.init)).joined(separator: "/")
    }

    /// The files that a relative link could mean without leaving its folder, and those below it.
    private var siblings: [String] {
        let folder = page.source.file.folder
        let prefix = folder.isEmpty ? "" : folder + "/"
        return model.sources.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}
