import FoundationEssentials
import Gate
package import Ground
import Settings

extension Build {
    /// Does all that a build does in a folder of its own, which is removed, and makes nothing current.
    ///
    /// Throws `Diagnostics` for mistakes in the site as `run` does.
    package func check(
        progress: (BuildProgress) -> Void = { _ in }
    ) async throws -> CheckReport {
        let scan = try scan()
        let (sources, theme, tags) = try await read(scan, progress)
        let (model, planned) = try await decide(sources, scan.assets, theme, tags)
        let (rendered, found) = try await render(model, progress)
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(
            "gatehouse-check-\(UUID().uuidString)"
        )
        // Private pages are written below it.
        try Folder(path: place.path).make(mode: 0o700)
        // What stays behind lies in the temporary folder, and is for this user only.
        defer { try? Folder(path: place.path).remove() }
        let folder = ReleaseFolder(path: place.path + "/release")
        let outcome = try await write(model, rendered, folder, isKept: false, progress)
        let warnings = try await audit(folder, model, rendered, outcome) + planned + found + settings.warnings
        try await search(folder, model, rendered, outcome)
        try refuse(warnings)
        return CheckReport(
            publicPages: model.pages.count { $0.access.visibility == .public },
            privatePages: model.pages.count { $0.access.visibility == .private },
            assets: model.assets.count,
            warnings: Diagnostics(warnings).all,
            external: rendered.flatMap(\.external)
        )
    }
}

/// A site without mistakes, as it was checked.
package struct CheckReport: Sendable {
    package let publicPages: Int
    package let privatePages: Int
    /// Files of content that are served as they are.
    package let assets: Int
    /// Sorted by place.
    package let warnings: [Diagnostic]
    /// Every link to another site, in the order of the pages' files.
    package let external: [ExternalLink]
}
