import Gate
import Ground

/// Proves that every further name of an asset is for whom the asset is, and gives no private file a name that can be guessed.
struct AssetAudit {
    let model: SiteModel

    func findings(_ table: GateTable) -> [String] {
        let assets = Dictionary(model.assets.map { ($0.file.shownAs, $0) }) { first, _ in first }
        return table.routes.filter { $0.isFingerprinted == true }.compactMap { route in
            if let asset = assets[route.source] {
                if route.visibility != asset.access.visibility
                    || route.requirements != asset.access.requirements
                {
                    return "\(route.path) is not for whom \(asset.path) is"
                }
                let isGuessable = route.path.text.contains(route.digest.prefix(8))
                return isGuessable && route.visibility == .private
                    ? "\(route.path) is named by its digest" : nil
            }
            // What lies in an index, and for whom, is for `SearchAudit` to say.
            if route.path.text.hasPrefix(SearchPlan.root) { return nil }
            return route.visibility == .public && route.path.text.hasPrefix("/assets/")
                ? nil : "\(route.path) is no asset's"
        }
    }
}
