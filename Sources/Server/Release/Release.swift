import FoundationEssentials
package import Gate
package import Ground
import Theme

/// One finished build, loaded for serving: its gate table, its files, and the theme's pages.
package struct Release: Sendable {
    /// Such as `20261123T101500Z-3f9a2c`.
    package let id: String
    package private(set) var table: GateTable
    package private(set) var files: ReleaseFiles
    /// Those that not everyone may read, by path.
    private(set) var feeds: [Route]
    private(set) var pages: RuntimePages

    /// Reads a release's folder.
    ///
    /// Every route's file, and every twin of one, must be there with the length that the table says: a release that is not whole is not served.
    package init(folder: String, id: String) throws(ReleaseFailure) {
        self.id = id
        let tableFile = "\(folder)/gate.json"
        guard let json = FileManager.default.contents(atPath: tableFile) else { throw .unreadable(tableFile) }
        do {
            table = try GateTable(json: json)
        } catch {
            throw .badTable(error)
        }
        files = ReleaseFiles(folder: folder)
        feeds = table.routes.filter(\.isPrivateFeed)
        for sent in table.routes.lazy.flatMap(Representation.all) { try files.check(sent) }
        pages = try RuntimePages(folder: folder)
    }

    /// The same release with other bytes in some of its files.
    func revised(_ revised: Preview.Revised, in folder: String) -> Release {
        var release = self
        release.table = revised.table
        release.files = files.revised(revised.changes)
        release.feeds = revised.table.routes.filter(\.isPrivateFeed)
        // The build has checked the theme; where it was exchanged since, the next release brings it.
        if revised.rereadsPages, let pages = try? RuntimePages(folder: folder) { release.pages = pages }
        return release
    }
}

/// Why a release is not served.
package enum ReleaseFailure: Error, CustomStringConvertible {
    /// The output folder has no current release.
    case none(output: String)
    case unreadable(String)
    case badTable(GateTableError)
    case missingFile(String)
    case forbidden(String)
    case badTheme(Diagnostics)

    package var description: String {
        switch self {
        case .none(let output): "there is no release in '\(output)'; run 'gatehouse build' first"
        case .unreadable(let file): "'\(file)' cannot be read; build the site again"
        case .badTable(let error): "\(error); build the site again"
        case .missingFile(let file):
            "'\(file)' is missing or is not what the gate table says; build the site again"
        case .forbidden(let place):
            "'\(place)' cannot be read by this user; build the site, or copy the release, as the user who serves it"
        case .badTheme(let diagnostics): "the release's theme cannot be used:\n\(diagnostics)"
        }
    }
}
