package import Ground

/// A template's `{{asset.…}}`.
package struct AssetReference: Hashable, Sendable {
    /// What follows `asset.`, such as `lantern.css`.
    package let name: String
    package let place: Place
}

extension Theme {
    /// In the order of templates and their lines.
    static func assetReferences(in templates: [Template]) -> [AssetReference] {
        templates.flatMap(\.tags).compactMap { tag in
            guard tag.kind == .variable || tag.kind == .section, tag.name.hasPrefix("asset.") else {
                return nil
            }
            return AssetReference(name: String(tag.name.dropFirst("asset.".count)), place: tag.place)
        }
    }
}
