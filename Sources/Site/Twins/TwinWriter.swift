import Compression
import Gate
import Glibc
import Ground

/// Writes the compressed twins of a release whose files are written already.
///
/// A twin lies beside its file, in the same tree, and never where another file of the release is.
struct TwinWriter: Sendable {
    let folder: ReleaseFolder
    /// Empty for none.
    let codings: [ContentCoding]
    /// The output folder, below which the cache is; nil where nothing is to be kept from build to build.
    let output: String?
    let crew: Crew

    /// The routes with their twins, in the same order, and what was written.
    struct Outcome {
        let routes: [Route]
        let written: [ReleaseFolder.Written]
    }

    func write(for routes: [Route]) async throws -> Outcome {
        guard !codings.isEmpty else { return Outcome(routes: routes, written: []) }
        let sources = Self.firstOfEachFile(routes.flatMap(\.readings)).filter(Compressible.includes)
        let cache = try output.map { try BuildCache(below: $0, part: "twins") }
        let taken = Set(routes.flatMap(\.readings).map(TreeFile.init))
        let made = try await crew.map(sources.count) { try makeTwins(of: sources[$0], taken, cache) }
        try cache?.sweep(keeping: Set(made.joined().map(\.key)))
        var found: [TreeFile: [Twin]] = [:]
        for (route, made) in zip(sources, made) { found[TreeFile(route)] = made.compactMap(\.twin) }
        return Outcome(
            routes: routes.map { route in
                func twins(_ file: TreeFile) -> [Twin]? { found[file].flatMap { $0.isEmpty ? nil : $0 } }
                var route = route
                route.twins = twins(TreeFile(route))
                for position in route.renderings?.indices ?? 0..<0 {
                    let file = route.renderings?[position].file ?? ""
                    route.renderings?[position].twins = twins(TreeFile(visibility: .private, file: file))
                }
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
        let key: BuildCache.Key
        /// Nil where the coding gains nothing.
        let twin: Twin?
        let written: ReleaseFolder.Written?

        static func nothing(_ key: BuildCache.Key) -> Made { Made(key: key, twin: nil, written: nil) }

        static func twin(
            _ key: BuildCache.Key,
            _ coding: ContentCoding,
            _ file: String,
            _ written: ReleaseFolder.Written
        ) -> Made {
            let digest = written.digest.hex
            let twin = Twin(coding: coding, file: file, length: written.length, digest: digest)
            return Made(key: key, twin: twin, written: written)
        }
    }

    /// Several routes may show one file.
    private static func firstOfEachFile(_ routes: [Route]) -> [Route] {
        var seen: Set<TreeFile> = []
        return routes.filter { seen.insert(TreeFile($0)).inserted }
    }

    private func makeTwins(
        of route: Route,
        _ taken: Set<TreeFile>,
        _ cache: BuildCache?
    ) throws -> [Made] {
        var plain: [UInt8]?
        return try codings.compactMap { coding -> Made? in
            let file = route.file + coding.ending
            guard !taken.contains(TreeFile(visibility: route.visibility, file: file)) else { return nil }
            let effort = Compressible.effort(for: route)
            let key = BuildCache.Key(digest: route.digest, recipe: coding.recipe(effort))
            if let entry = try cache?.entry(key) {
                guard !entry.bytes.isEmpty else { return .nothing(key) }
                return .twin(key, coding, file, try folder.link(entry, to: file, route.visibility))
            }
            let bytes = try plain ?? folder.read(route.file, route.visibility)
            plain = bytes
            let coded = try coding.compress(bytes, effort)
            guard coded.count < bytes.count else {
                cache?.keepNothing(as: key)
                return .nothing(key)
            }
            let written = try folder.write(coded, to: file, route.visibility)
            cache?.keep("\(folder.path)/\(written.file)", digest: written.digest, as: key)
            return .twin(key, coding, file, written)
        }
    }
}

extension ReleaseFolder {
    /// The bytes of a file in one of the trees.
    func read(_ file: String, _ visibility: Visibility) throws(BuildFailure) -> [UInt8] {
        try OpenFile(reading: "\(path)/\(visibility.rawValue)/\(file)").readAll()
    }

    /// Gives one of the trees a file that the cache holds.
    func link(
        _ entry: BuildCache.Entry,
        to file: String,
        _ visibility: Visibility
    ) throws(BuildFailure) -> Written {
        let place = "\(visibility.rawValue)/\(file)"
        // A file may have only so many names; then it is written once more.
        guard Glibc.link(entry.location, "\(path)/\(place)") == 0 else {
            return try write(entry.bytes, to: file, visibility)
        }
        return Written(file: place, length: entry.bytes.count, digest: FileDigest(of: entry.bytes))
    }
}
