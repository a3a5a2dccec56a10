import Compression
import Gate
import Ground

/// Writes the compressed twins of a release whose files are written already.
///
/// A twin lies beside its file, in the same tree, and never where another file of the release is.
struct TwinWriter: Sendable {
    let folder: ReleaseFolder
    /// Empty for none.
    let codings: [ContentCoding]
    /// Nil where nothing is to be kept from build to build.
    let cache: TwinCache?
    let crew: Crew

    /// The routes with their twins, in the same order, and what was written.
    struct Outcome {
        let routes: [Route]
        let written: [ReleaseFolder.Written]
    }

    func write(for routes: [Route]) async throws -> Outcome {
        guard !codings.isEmpty else { return Outcome(routes: routes, written: []) }
        let sources = Self.firstOfEachFile(routes).filter(Compressible.includes)
        try cache?.open()
        let taken = Set(routes.map(TreeFile.init))
        let made = try await crew.map(sources.count) { try makeTwins(of: sources[$0], taken) }
        try cache?.sweep(keeping: Set(made.joined().map(\.entry)))
        var found: [TreeFile: [Twin]] = [:]
        for (route, made) in zip(sources, made) { found[TreeFile(route)] = made.compactMap(\.twin) }
        return Outcome(
            routes: routes.map { route in
                guard let twins = found[TreeFile(route)], !twins.isEmpty else { return route }
                var route = route
                route.twins = twins
                return route
            },
            written: made.joined().compactMap(\.written)
        )
    }
}

extension TwinWriter {
    /// A file of one of the trees.
    private struct TreeFile: Hashable {
        let visibility: Visibility
        let file: String

        init(_ route: Route) { self.init(visibility: route.visibility, file: route.file) }

        init(visibility: Visibility, file: String) {
            self.visibility = visibility
            self.file = file
        }
    }

    /// One file in one coding.
    private struct Made: Sendable {
        /// Its name in the cache.
        let entry: String
        /// Nil where the coding gains nothing.
        let twin: Twin?
        let written: ReleaseFolder.Written?
    }

    /// Several routes may show one file.
    private static func firstOfEachFile(_ routes: [Route]) -> [Route] {
        var seen: Set<TreeFile> = []
        return routes.filter { seen.insert(TreeFile($0)).inserted }
    }

    private func makeTwins(of route: Route, _ taken: Set<TreeFile>) throws -> [Made] {
        var plain: [UInt8]?
        return try codings.compactMap { coding in
            let file = route.file + coding.ending
            guard !taken.contains(TreeFile(visibility: route.visibility, file: file)) else { return nil }
            let effort = Compressible.effort(for: route)
            let entry = TwinCache.Entry(digest: route.digest, recipe: coding.recipe(effort))
            let coded = try cache?.bytes(entry) ?? compress(route, coding, effort, as: entry, &plain)
            guard coded.count < route.length else { return Made(entry: entry.name, twin: nil, written: nil) }
            let written = try folder.write(coded, to: file, route.visibility)
            let twin = Twin(
                coding: coding,
                file: file,
                length: written.length,
                digest: written.digest.hex
            )
            return Made(entry: entry.name, twin: twin, written: written)
        }
    }

    /// Compresses the bytes of a file, which are read for the first coding only.
    private func compress(
        _ route: Route,
        _ coding: ContentCoding,
        _ effort: Effort,
        as entry: TwinCache.Entry,
        _ plain: inout [UInt8]?
    ) throws -> [UInt8] {
        let bytes = try plain ?? folder.read(route.file, route.visibility)
        plain = bytes
        let coded = try coding.compress(bytes, effort)
        try cache?.keep(coded, as: entry)
        return coded
    }
}

extension ReleaseFolder {
    /// The bytes of a file in one of the trees.
    func read(_ file: String, _ visibility: Visibility) throws(BuildFailure) -> [UInt8] {
        try OpenFile(reading: "\(path)/\(visibility.rawValue)/\(file)").readAll()
    }
}
