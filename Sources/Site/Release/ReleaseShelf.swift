import Glibc

/// The output folder: finished releases, the link to the current one, and the lock of whoever builds.
///
/// Nothing is ever removed but releases and temporary folders that builds have made.
struct ReleaseShelf: Sendable {
    let output: String

    /// The folders that `prepare` has made, the outer one first.
    struct Footing {
        fileprivate let made: [String]
    }

    private var releases: String { output + "/releases" }
    private var lockFile: String { output + "/.lock" }
    private var currentLink: SymbolicLink { SymbolicLink(path: output + "/current") }

    /// Makes the output folder where it is not there, and refuses one that holds other things.
    func prepare() throws(BuildFailure) -> Footing {
        let footing = Footing(made: [output, releases].filter { Folder.kind(of: $0) == nil })
        try Folder(path: output).make()
        // The output itself may be a link that its operator has made.
        let strangers = try Folder(path: output).names(followingLink: true).filter {
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
        if let kind = Folder.kind(of: releases), kind != .folder {
            throw .output(
                path: releases,
                problem: "is not the folder that builds make",
                advice: "builds remove what is old in it; move it away, or choose another output folder"
            )
        }
        return footing
    }

    /// The lock that one build at a time holds.
    ///
    /// It ends with the file's closing, and so with a killed process, too.
    func lock() throws(BuildFailure) -> OpenFile {
        let lock = try OpenFile(locking: lockFile)
        // A build that failed may just have taken its lock file away: whoever waited for that one holds nothing.
        guard lock.lock(), lock.isStill(at: lockFile) else { throw .busy(path: output) }
        return lock
    }

    /// Removes what killed builds have left, and makes room for releases.
    ///
    /// The caller holds the lock, so nobody is writing there.
    func sweep() throws(BuildFailure) {
        try Folder(path: releases).make()
        for entry in try Folder(path: releases).entries() {
            let name = String(decoding: entry.name, as: UTF8.self)
            guard name.hasPrefix(Self.temporary) else { continue }
            try Folder(path: releases).remove(entry)
        }
    }

    /// Removes the folders that were made for a build that failed, where nothing is in them but the lock.
    ///
    /// The caller holds the lock.
    func takeBack(_ footing: Footing) {
        guard footing.made.contains(releases) else { return }
        // In this order nobody who comes in between finds a lock to take, or loses what it has made.
        guard rmdir(releases) == 0 || errno == ENOENT else { return }
        unlink(lockFile)
        if footing.made.contains(output) { rmdir(output) }
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
        try makeCurrent(id)
    }

    /// Has a finished release served from now on; the caller holds the lock.
    func makeCurrent(_ id: ReleaseID) throws(BuildFailure) {
        try currentLink.point(to: "releases/\(id.text)")
        try Folder(path: output).sync()
    }

    /// Every finished release, the oldest first.
    func ids() throws(BuildFailure) -> [ReleaseID] {
        try Folder(path: releases).entries().filter { $0.kind == .folder }
            .compactMap { ReleaseID(String(decoding: $0.name, as: UTF8.self)) }.sorted()
    }

    /// Removes the oldest releases; the current one and the one before it stay, whatever their age and the number.
    ///
    /// A server that has not yet looked at the link still reads from the one before.
    func keep(_ count: Int, before previous: ReleaseID?) throws(BuildFailure) {
        let staying = Set([current, previous].compactMap(\.self))
        let others = try ids().filter { !staying.contains($0) }
        for id in others.dropLast(max(0, count - staying.count)) {
            let folder = folder(of: id).path
            // Without a gate table it is no release of ours, whatever its name.
            guard Folder.kind(of: folder + "/gate.json") == .file else { continue }
            try Folder(path: folder).remove()
        }
    }

    private static let temporary = ".tmp-"
}
