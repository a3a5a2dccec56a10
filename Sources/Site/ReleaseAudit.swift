import FoundationEssentials
import Gate
package import Ground
import Settings

/// Audits a finished release as it lies on the disk.
///
/// With the site's sources it knows what authors made public, and a private word elsewhere is an error. Without them it can
/// only compare the release's two trees: what it finds then is a warning, since the words may have been written by hand.
package struct ReleaseAudit: Sendable {
    private let folder: ReleaseFolder
    private let build: Build?

    /// Takes the folder of a release, and a build of the site's sources where they are at hand.
    package init(release folder: String, sources build: Build?) {
        self.folder = ReleaseFolder(path: folder)
        self.build = build
    }

    package struct Report: Sendable {
        package let publicFiles: Int
        package let privateFiles: Int
        /// Whether the sources were read.
        package let usedSources: Bool
        /// Sorted by place.
        package let findings: [Diagnostic]
    }

    /// Throws `BuildFailure` where there is no release, and `Diagnostics` where the sources have mistakes.
    package func run() async throws -> Report {
        let table = try folder.table()
        let gate = Place(file: folder.path + "/gate.json")
        let crew = build?.crew ?? Crew(jobs: BuildOptions.cores)
        let audit = Audit(folder: folder, crew: crew, model: nil, rendered: nil)
        var findings = try await (audit.findings { table } + folder.flaws(table)).map {
            Diagnostic(at: gate, $0)
        }
        findings += audit.warnings(table)
        findings += try await SearchAudit(folder: folder, crew: crew, writer: nil).findings(table)
            .map { Diagnostic(at: gate, $0) }
        findings += try await leaks(table, LeakSearch(folder: folder, crew: crew))
        return Report(
            publicFiles: table.routes.count { $0.visibility == .public },
            privateFiles: table.readings.count { $0.visibility == .private },
            usedSources: build != nil,
            findings: Diagnostics(findings).all
        )
    }
}

extension ReleaseAudit {
    /// What the release says that is private, as far as can be known.
    private func leaks(_ table: GateTable, _ search: LeakSearch) async throws -> [Diagnostic] {
        let released = ReleasedStock(folder: folder, table: table, source: build?.source ?? ".")
        guard var build else {
            let open = try released.texts()
            return try await search.problems(of: released.pieces(parts: true), besides: open).map(\.asWarning)
        }
        build.options.drafts = true
        build.options.future = true
        let scan = try build.scan()
        let (sources, theme, tags) = try await build.read(scan) { _ in }
        let (now, _) = try await build.decide(sources, scan.assets, theme, tags)
        let model = now.judged(by: table)
        let (rendered, _) = try await build.render(model) { _ in }
        let parts = try await PartStock(
            model,
            rendered,
            table: table,
            renderers: build.renderers(model),
            crew: build.crew
        )
        let closed = try PrivateStock(model: model, rendered: rendered, parts: parts, table: table).pieces()
        let open = PublicStock(model: model, rendered: rendered, parts: parts, source: build.source)
        let leaks = try await search.problems(
            of: closed + released.pieces(parts: false),
            besides: open.texts
        )
        // What is rendered now is not what this release shows.
        let among = try await PartSearch(search: search, model: model, stock: parts, table: table)
            .problems(rendered: nil, told: leaks) { open.for($0).texts }
        return parts.problems + leaks + among + Self.changes(now, table)
    }

    /// What this release shows to more people than the sources say now.
    private static func changes(_ model: SiteModel, _ table: GateTable) -> [Diagnostic] {
        let decided =
            model.pages.map { ($0.path, $0.place, $0.access) }
            + model.assets.map { ($0.path, $0.place, $0.access) }
        return decided.compactMap { path, place, access in
            guard let route = table[path], route.visibility == .public, access.visibility == .private else {
                return nil
            }
            return Diagnostic(
                .warning,
                at: place,
                "\(path) is public in this release, and private by \(access.place) now",
                advice: "build the site anew"
            )
        }
    }
}

extension SiteModel {
    /// The same site with the visibilities of a release; what is not in it is private.
    fileprivate func judged(by table: GateTable) -> SiteModel {
        func access(_ path: PagePath, _ place: Place) -> Access {
            let route = table[path]
            return Access(
                visibility: route?.visibility ?? .private,
                requirements: route?.requirements ?? [],
                place: place
            )
        }
        return with(
            pages: pages.map { $0.with(access: access($0.path, $0.access.place)) },
            assets: assets.map { asset in
                var asset = asset
                asset.access = access(asset.path, asset.access.place)
                return asset
            }
        )
    }
}

extension Diagnostic {
    fileprivate var asWarning: Diagnostic {
        Diagnostic(
            .warning,
            at: place,
            problem,
            advice: "without the sources it cannot be known whether an author wrote it there"
        )
    }
}
