import Glibc

/// The output folder: finished releases, the link to the current one, and the lock of whoever builds.
///
/// Nothing is ever removed but releases and temporary folders that builds have made.
struct ReleaseShelf: Sendable {
    let output: String

    private var releases: String { output + "/releases" }
    private var currentLink: SymbolicLink { SymbolicLink(path: output + "/current") }

    /// Makes the output folder where it is not there, and refuses one that holds other things.
    func prepare() throws(BuildFailure) {
        try Folder(path: output).make()
        let strangers = try Folder(path: output).names().filter {
            !$0.hasPrefix(".") && $0 != "current" && $0 != "current.new" && $0 != "releases"
        }
        guard strangers.isEmpty else {
            throw .output(
                path: output,
                problem: "holds what no build has made, such as '\(strangers[0])'",
                advice: "choose an empty folder for the output, or one that earlier builds were written to"
            )
        }
        if let kind = Folder.kind(of: currentLink.path), kind != .link {
            throw .output(
                path: currentLink.path,
                problem: "is not the link that builds make",
                advice: "move it away, or choose another output folder"
            )
        }
        try Folder(path: releases).make()
    }

    /// The lock that one build at a time holds.
    ///
    /// It ends with the file's closing, and so with a killed process, too.
    func lock() throws(BuildFailure) -> OpenFile {
        let lock = try OpenFile(locking: output + "/.lock")
        guard lock.lock() else { throw .busy(path: output) }
        return lock
    }

    /// Removes what killed builds have left.
    ///
    /// The caller holds the lock, so nobody is writing there.
    func sweep() throws(BuildFailure) {
        for name in try Folder(path: releases).names() where name.hasPrefix(Self.temporary) {
            try Folder(path: "\(releases)/\(name)").remove()
        }
    }

    /// A folder for a release to be written in, which no server looks at.
    var workplace: ReleaseFolder { ReleaseFolder(path: "\(releases)/\(Self.temporary)\(getpid())") }

    /// The release that is served now.
    var current: ReleaseID? {
        currentLink.target?.split(separator: "/").last.flatMap { ReleaseID(String($0)) }
    }

    func folder(of id: ReleaseID) -> ReleaseFolder { ReleaseFolder(path: "\(releases)/\(id.text)") }

    /// Gives a finished release its name and makes it the current one.
    func publish(_ release: ReleaseFolder, as id: ReleaseID) throws(BuildFailure) {
        let place = folder(of: id).path
        try Folder(path: release.path).sync()
        if rename(release.path, place) != 0 { throw .lastError("rename", place) }
        try Folder(path: releases).sync()
        try currentLink.point(to: "releases/\(id.text)")
        try Folder(path: output).sync()
    }

    /// Removes the oldest releases; the current one stays, whatever its age.
    func keep(_ count: Int) throws(BuildFailure) {
        let current = current
        let ids = try Folder(path: releases).entries().filter { $0.kind == .folder }
            .compactMap { ReleaseID(String(decoding: $0.name, as: UTF8.self)) }.sorted()
        let others = ids.filter { $0 != current }
        for id in others.dropLast(max(0, count - 1)) {
            let folder = folder(of: id).path
            // Without a gate table it is no release of ours, whatever its name.
            guard Folder.kind(of: folder + "/gate.json") == .file else { continue }
            try Folder(path: folder).remove()
        }
    }

    private static let temporary = ".tmp-"
}
