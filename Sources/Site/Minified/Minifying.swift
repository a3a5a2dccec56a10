import Glibc
import Ground
import Minification
import Theme

/// Has the theme's style sheets and scripts, and the pages of a release, made shorter by a program of its own.
///
/// Files go through folders below the release that is being built, so that they end with it where the build fails.
struct Minifying: Sendable {
    let minifier: Minifier
    let folder: ReleaseFolder
    /// The output folder, below which the cache is; nil where nothing is to be kept from build to build.
    let output: String?
    let crew: Crew

    /// The theme's style sheets and scripts, by the paths of their files.
    func theme(_ files: [ThemeFile]) throws -> [String: [UInt8]] {
        let files = files.filter { Self.endings.contains(Self.ending(of: $0.path)) }
        guard !files.isEmpty else { return [:] }
        let bench = try bench("theme")
        let names = files.indices.map { "\($0).\(Self.ending(of: files[$0].path))" }
        for (file, name) in zip(files, names) {
            try OpenFile(creating: "\(bench)/in/\(name)").write(OpenFile(reading: file.location).readAll())
        }
        try work(on: names, at: bench) { refusal in
            guard let position = names.firstIndex(of: refusal.file) else { return nil }
            return Diagnostic(
                at: Place(
                    file: files[position].shownAs,
                    line: refusal.line ?? 1,
                    column: refusal.column ?? 1
                ),
                "this file cannot be minified: \(refusal.problem)",
                advice: Self.advice
            )
        }
        var results: [String: [UInt8]] = [:]
        for (file, name) in zip(files, names) {
            results[file.path] = try OpenFile(reading: "\(bench)/out/\(name)").readAll()
        }
        try Folder(path: benches).remove()
        return results
    }

    /// A page that has been written, and the author's file that it was made from.
    struct Page: Sendable {
        let written: ReleaseFolder.Written
        let source: String
    }

    /// Exchanges pages of the release; returns what lies there now, by the files.
    func pages(_ pages: [Page]) async throws -> [String: ReleaseFolder.Written] {
        guard !pages.isEmpty else { return [:] }
        let recipe = try asked { () throws(MinifierFailure) in try minifier.recipe() }
        let keys = pages.map { BuildCache.Key(digest: $0.written.digest.hex, recipe: recipe) }
        let cache = try output.map { try BuildCache(below: $0, part: "minified") }
        let batches = stride(from: 0, to: pages.count, by: Self.batch).map {
            $0..<min($0 + Self.batch, pages.count)
        }
        try Folder(path: benches).make(mode: 0o700)
        let exchanged = try await crew.map(batches.count, piece: 1) { number in
            try exchange(batches[number].map { (pages[$0], keys[$0]) }, at: "\(number)", cache)
        }
        try cache?.sweep(keeping: Set(keys))
        try Folder(path: benches).remove()
        return Dictionary(exchanged.joined().map { ($0.file, $0) }) { first, _ in first }
    }
}

extension Minifying {
    /// How many pages go through one process: enough that its start costs nothing, few enough that all cores are busy.
    private static let batch = 200
    private static let endings: Set<String> = ["css", "js", "mjs"]
    private static let advice = "correct it, or set build.minify to false in site.config"

    private static func ending(of path: String) -> String {
        path.lastIndex(of: ".").map { path[path.index(after: $0)...].lowercased() } ?? ""
    }

    private func exchange(
        _ pages: [(Page, BuildCache.Key)],
        at number: String,
        _ cache: BuildCache?
    ) throws -> [ReleaseFolder.Written] {
        var (exchanged, rest): ([ReleaseFolder.Written], [(Page, BuildCache.Key)]) = ([], [])
        for (page, key) in pages {
            if let entry = try cache?.entry(key) {
                exchanged.append(try folder.exchange(page.written, for: entry))
            } else {
                rest.append((page, key))
            }
        }
        guard !rest.isEmpty else { return exchanged }
        let bench = try bench(number)
        let names = rest.indices.map { "\($0).html" }
        for ((page, _), name) in zip(rest, names) {
            try folder.move("\(folder.path)/\(page.written.file)", to: "\(bench)/in/\(name)")
        }
        try work(on: names, at: bench) { refusal in
            guard let position = names.firstIndex(of: refusal.file) else { return nil }
            let place = refusal.line.map { " (line \($0) of its HTML)" } ?? ""
            return Diagnostic(
                at: Place(file: rest[position].0.source),
                "the page cannot be minified: \(refusal.problem)\(place)",
                advice: Self.advice
            )
        }
        for ((page, key), name) in zip(rest, names) {
            let location = "\(folder.path)/\(page.written.file)"
            try folder.move("\(bench)/out/\(name)", to: location)
            let bytes = try OpenFile(reading: location).readAll()
            let digest = FileDigest(of: bytes)
            cache?.keep(location, digest: digest, as: key)
            exchanged.append(
                ReleaseFolder.Written(file: page.written.file, length: bytes.count, digest: digest)
            )
        }
        return exchanged
    }

    /// Removed by whoever is done with it; else it goes with the release, which failed.
    private var benches: String { folder.path + "/.minify" }

    /// A folder for one run: private words pass through it.
    private func bench(_ name: String) throws -> String {
        let bench = "\(benches)/\(name)"
        for part in ["in", "out"] { try Folder(path: "\(bench)/\(part)").make(mode: 0o700) }
        return bench
    }

    private func work(
        on files: [String],
        at bench: String,
        _ diagnostic: (MinifierFailure.Refusal) -> Diagnostic?
    ) throws {
        do throws(MinifierFailure) {
            try minifier.shorten(files, at: bench)
        } catch .refused(let refusals) {
            throw Diagnostics(refusals.map { diagnostic($0) ?? Self.problem("\($0.problem)") })
        } catch {
            throw Diagnostics([Self.problem("\(error)")])
        }
    }

    private func asked<Answer>(_ question: () throws(MinifierFailure) -> Answer) throws -> Answer {
        do throws(MinifierFailure) { return try question() } catch {
            throw Diagnostics([Self.problem("\(error)")])
        }
    }

    private static func problem(_ reason: String) -> Diagnostic {
        Diagnostic(
            at: Place(file: "site.config"),
            "build.minify: \(reason)",
            advice: "install minify (on Debian: apt-get install minify), or set build.minify to false"
        )
    }
}

extension ReleaseFolder {
    /// Gives a file that was written the bytes that the cache holds.
    fileprivate func exchange(_ written: Written, for entry: BuildCache.Entry) throws -> Written {
        let location = "\(path)/\(written.file)"
        guard unlink(location) == 0 else { throw BuildFailure.lastError("replace", location) }
        // A file may have only so many names; then it is written once more.
        if Glibc.link(entry.location, location) != 0 {
            try OpenFile(creating: location).write(entry.bytes)
        }
        return Written(file: written.file, length: entry.bytes.count, digest: FileDigest(of: entry.bytes))
    }

    fileprivate func move(_ old: String, to new: String) throws {
        guard rename(old, new) == 0 else { throw BuildFailure.lastError("move", old) }
    }
}
