import Ground
import Theme

/// The theme's assets as they are served, with their names.
///
/// A style sheet is changed where it names other assets of the theme, so that it names their fingerprinted names. One that
/// is imported by itself in a circle is named plainly there.
struct ThemeAssets: Sendable {
    struct Item: Sendable {
        let file: ThemeFile
        let path: PagePath
        /// Nil for a file that is copied as it lies there.
        let bytes: [UInt8]?
        /// Nil where names stay plain.
        let fingerprint: Fingerprint?
    }

    /// In the order of the theme's files.
    let items: [Item]
    let problems: [Diagnostic]
    private let positions: [PagePath: Int]

    /// Those of no theme.
    init() {
        items = []
        problems = []
        positions = [:]
    }

    /// `minified`: what is served of a file in its place, by the file's path.
    init(
        _ theme: Theme,
        fingerprints: Bool,
        minified: [String: [UInt8]] = [:]
    ) throws(BuildFailure) {
        var reader = Reader(theme, fingerprints: fingerprints, minified: minified)
        for file in theme.assets { try reader.read(file) }
        items = theme.assets.compactMap { reader.items[$0.path] }
        problems = reader.problems
        positions = Dictionary(items.enumerated().map { ($1.path, $0) }) { first, _ in first }
    }

    /// Where pages refer to an asset of the theme; nil where there is none at this path.
    func address(of path: PagePath) -> PagePath? {
        positions[path].map { items[$0].fingerprint?.path ?? path }
    }
}

extension ThemeAssets {
    /// Reads one file after another, and first those that it names.
    private struct Reader {
        let files: [String: ThemeFile]
        let fingerprints: Bool
        let minified: [String: [UInt8]]
        var items: [String: Item] = [:]
        var problems: [Diagnostic] = []
        private var reading: Set<String> = []

        init(_ theme: Theme, fingerprints: Bool, minified: [String: [UInt8]]) {
            files = Dictionary(theme.assets.map { ($0.path, $0) }) { first, _ in first }
            self.fingerprints = fingerprints
            self.minified = minified
        }

        mutating func read(_ file: ThemeFile) throws(BuildFailure) {
            guard items[file.path] == nil, reading.insert(file.path).inserted else { return }
            defer { reading.remove(file.path) }
            guard let path = PagePath("/" + file.path) else {
                problems.append(
                    Diagnostic(at: Place(file: file.shownAs), "this name cannot be part of an address")
                )
                return
            }
            guard fingerprints else {
                items[file.path] = Item(file: file, path: path, bytes: minified[file.path], fingerprint: nil)
                return
            }
            var bytes = try OpenFile(reading: file.location).readAll()
            let isStyleSheet = file.path.lowercased().hasSuffix(".css")
            if isStyleSheet {
                // Read as the author wrote it, so that places are right.
                let names = try names(in: StyleSheet(bytes), of: file)
                bytes = StyleSheet(minified[file.path] ?? bytes).replacing { names[$0] }
            } else if let minified = minified[file.path] {
                bytes = minified
            }
            items[file.path] = Item(
                file: file,
                path: path,
                bytes: isStyleSheet || minified[file.path] != nil ? bytes : nil,
                fingerprint: Fingerprint(path, digest: FileDigest(of: bytes))
            )
        }

        /// The fingerprinted addresses of what a style sheet names, by what it says.
        private mutating func names(in sheet: StyleSheet, of file: ThemeFile) throws(BuildFailure)
            -> [String: String]
        {
            var names: [String: String] = [:]
            for range in sheet.addresses {
                let address = String(decoding: sheet.bytes[range], as: UTF8.self)
                guard let target = target(of: address, in: file) else { continue }
                guard let named = files[target] else {
                    problems.append(missing(address, at: range.lowerBound, of: sheet, in: file))
                    continue
                }
                try read(named)
                guard let fingerprint = items[target]?.fingerprint else { continue }
                names[address] = Self.renamed(address, fingerprint.encodedName)
            }
            return names
        }

        /// The file below `assets` that an address in a style sheet means; nil where it means something else.
        private func target(of address: String, in file: ThemeFile) -> String? {
            let destination = LinkDestination(address)
            guard let path = destination.path, !path.isEmpty else { return nil }
            let base: String
            switch destination.kind {
            case .elsewhere: return nil
            case .absolute: base = path
            case .relative:
                base = "/\(file.path[...(file.path.lastIndex(of: "/") ?? file.path.startIndex)])\(path)"
            }
            return LinkResolver.normalized(base).flatMap {
                $0.hasPrefix("/assets/") ? String($0.dropFirst()) : nil
            }
        }

        /// The same address with another last part of its path.
        private static func renamed(_ address: String, _ name: Substring) -> String {
            let path = address.prefix { $0 != "?" && $0 != "#" }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            return "\(folder)\(name)\(address[path.endIndex...])"
        }

        private func missing(_ address: String, at offset: Int, of sheet: StyleSheet, in file: ThemeFile)
            -> Diagnostic
        {
            let before = sheet.bytes[..<offset]
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
            let column = String(decoding: sheet.bytes[lineStart..<offset], as: UTF8.self).count + 1
            return Diagnostic(
                .warning,
                at: Place(file: file.shownAs, line: line, column: column),
                "the theme has no file '\(address)'"
            )
        }
    }
}
