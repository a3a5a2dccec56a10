import FoundationEssentials
package import Gate
import Ground

/// The finished releases of an output folder, for those who look at them and go back to one.
package struct ReleaseHistory: Sendable {
    private let shelf: ReleaseShelf

    package init(output: String) { shelf = ReleaseShelf(output: output) }

    /// One release as it lies there.
    package struct Entry: Sendable {
        package let id: String
        /// When it was made, in UTC: `2026-11-23 10:15:00`.
        package let time: String
        package let isCurrent: Bool
        /// Nil where it cannot be read; such a release is never gone back to.
        package let table: GateTable?
    }

    /// The newest first; empty where nothing was built.
    package func entries() throws(BuildFailure) -> [Entry] {
        let current = shelf.current
        return try ids().map { id in
            // What is wrong with a table is told to whoever wants to use it.
            let table = try? shelf.folder(of: id).table()
            return Entry(id: id.text, time: id.time, isCurrent: id == current, table: table)
        }
    }

    /// Finds the folder of a release: by its id, or the beginning or the end of it, or by the folder's own path.
    package func folder(of name: String) throws(BuildFailure) -> String {
        if name.contains("/") || name == "." {
            guard Folder.kind(of: name + "/gate.json") == .file else {
                throw .output(
                    path: name,
                    problem: "is no release",
                    advice: "name the folder that holds a gate.json"
                )
            }
            return name
        }
        return shelf.folder(of: try find(name)).path
    }

    /// The folder of the release that is served now.
    package func currentFolder() throws(BuildFailure) -> String {
        guard let current = shelf.current else { throw nothing() }
        return shelf.folder(of: current).path
    }

    /// The folder of the release before the current one.
    package func previousFolder() throws(BuildFailure) -> String { shelf.folder(of: try previous()).path }

    /// The gate table of a release's folder.
    package static func table(of folder: String) throws(BuildFailure) -> GateTable {
        try ReleaseFolder(path: folder).table()
    }

    /// Points `current` at another release, the one before the current unless a name says otherwise, in one step.
    ///
    /// Holds the lock that builds hold. Throws, and changes nothing, where a byte of that release is missing or another than
    /// its gate table says, or where the check throws: it sees what would change,
    /// or nil where the current release cannot be read. Returns the id.
    package func rollBack(
        to name: String?,
        checking check: (TableDifference?) throws -> Void = { _ in }
    ) throws -> String {
        guard let current = shelf.current else { throw nothing() }
        let lock = try shelf.lock()
        defer { withExtendedLifetime(lock) {} }
        let id: ReleaseID = if let name { try find(name) } else { try previous() }
        let folder = shelf.folder(of: id)
        let after = try folder.table()
        if let flaw = try folder.flaws(after).first {
            throw BuildFailure.output(
                path: folder.path,
                problem: "is not whole: \(flaw)",
                advice: "go back to another release, or build anew; the current one stays"
            )
        }
        let before = try? shelf.folder(of: current).table()
        try check(before.map { TableDifference(from: $0, to: after) })
        try shelf.makeCurrent(id)
        return id.text
    }
}

extension ReleaseHistory {
    /// The newest first.
    private func ids() throws(BuildFailure) -> [ReleaseID] {
        guard Folder.kind(of: shelf.output + "/releases") == .folder else { return [] }
        return try shelf.ids().reversed()
    }

    private func find(_ name: String) throws(BuildFailure) -> ReleaseID {
        let all = try ids()
        let found = all.filter { $0.text == name || $0.text.hasPrefix(name) || $0.text.hasSuffix(name) }
        if found.count == 1, !name.isEmpty { return found[0] }
        throw .output(
            path: shelf.output,
            problem: found.isEmpty
                ? "has no release '\(name)'" : "has \(found.count) releases that '\(name)' could mean",
            advice: all.isEmpty
                ? "run 'gatehouse build' first" : "it has " + all.map(\.text).joined(separator: ", ")
        )
    }

    private func previous() throws(BuildFailure) -> ReleaseID {
        guard let current = shelf.current else { throw nothing() }
        guard let previous = try ids().first(where: { $0 < current }) else {
            throw .output(
                path: shelf.output,
                problem: "has no release before \(current.text)",
                advice: "'build.releases_kept' says how many are kept"
            )
        }
        return previous
    }

    private func nothing() -> BuildFailure {
        .output(path: shelf.output, problem: "has no current release", advice: "run 'gatehouse build' first")
    }
}
