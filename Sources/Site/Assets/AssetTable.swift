import Ground
import Theme

/// `asset` as templates see it: `{{asset.lantern.css}}` is the address of `assets/lantern.css`, and
/// `{{asset.fonts.serif.woff2}}` that of `assets/fonts/serif.woff2`.
///
/// It holds what the theme's templates name, and nothing else.
struct AssetTable: Sendable {
    /// Nil where no template names an asset.
    let value: TemplateValue?
    let problems: [Diagnostic]

    init(_ theme: Theme, _ assets: ThemeAssets) {
        var files: [String: [PagePath]] = [:]
        for item in assets.items { files[Self.name(of: item.file), default: []].append(item.path) }
        var problems: [Diagnostic] = []
        var root = Branch()
        for reference in theme.assetReferences {
            guard let paths = files[reference.name] else {
                problems.append(Self.unknown(reference, files.keys.sorted()))
                continue
            }
            guard paths.count == 1, let address = assets.address(of: paths[0]),
                root.add(reference.name.split(separator: ".")[...], address)
            else {
                problems.append(
                    Diagnostic(
                        at: reference.place,
                        "several files of the theme have the name '\(reference.name)'"
                    )
                )
                continue
            }
        }
        value = root.branches.isEmpty ? nil : root.value
        self.problems = problems
    }
}

extension AssetTable {
    /// A part of a name: what it stands for by itself, or what may follow it.
    private struct Branch {
        var address: PagePath?
        var branches: [Substring: Branch] = [:]

        /// Whether it is there now, and nothing stands in the way.
        mutating func add(_ parts: ArraySlice<Substring>, _ address: PagePath) -> Bool {
            guard let first = parts.first else {
                guard branches.isEmpty else { return false }
                self.address = address
                return true
            }
            guard self.address == nil else { return false }
            return branches[first, default: Branch()].add(parts.dropFirst(), address)
        }

        var value: TemplateValue {
            if let address { return .text(address.encoded) }
            return .table(Dictionary(branches.map { (String($0), $1.value) }) { first, _ in first })
        }
    }

    private static func name(of file: ThemeFile) -> String {
        file.path.dropFirst("assets/".count).split(separator: "/").joined(separator: ".")
    }

    private static func unknown(_ reference: AssetReference, _ known: [String]) -> Diagnostic {
        Diagnostic(
            at: reference.place,
            "the theme has no asset '\(reference.name)'",
            advice: Suggestion.advice(for: reference.name, among: known)
        )
    }
}
