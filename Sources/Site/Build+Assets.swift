import Ground
import Settings
import Theme

extension Build {
    /// Names the site's assets; returns warnings, and throws where a template names what the theme does not have.
    func nameAssets(_ model: SiteModel) throws -> (model: SiteModel, warnings: [Diagnostic]) {
        let fingerprints = options.fingerprints && settings.build.fingerprint
        let minified = try minifying(ReleaseShelf(output: output).workplace)?.theme(model.theme.assets)
        let assets = try ThemeAssets(model.theme, fingerprints: fingerprints, minified: minified ?? [:])
        let table = AssetTable(model.theme, assets)
        try refuse(assets.problems + table.problems)
        let needsKey = fingerprints || model.search.isPartlyPrivate
        let key = needsKey ? try NameKey(output: output) : nil
        let names = AssetNames(
            theme: assets,
            key: fingerprints ? key : nil,
            darkroom: options.photographs && settings.build.photographs
                ? Darkroom(output: options.usesCache ? output : nil) : nil
        )
        return (model.naming(names, key: key, assetTable: table.value), assets.problems)
    }
}
