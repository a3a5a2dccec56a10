import Gate

extension ReleaseFolder {
    /// Every file below a part of the release, such as `public`, by its path below that part; sorted.
    ///
    /// Throws where something lies there that is neither a file nor a folder.
    func files(in part: String) throws(BuildFailure) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let listed = try list(part, folder)
            found += listed.files
            folders += listed.folders
        }
        return found.sorted()
    }

    /// The same, listed by many at once: a page lies in a folder of its own.
    func files(in part: String, _ crew: Crew) async throws -> [String] {
        var found: [String] = []
        var folders = [""]
        while !folders.isEmpty {
            let level = folders
            let listed = try await crew.map(level.count) { try list(part, level[$0]) }
            found += listed.flatMap(\.files)
            folders = listed.flatMap(\.folders)
        }
        return found.sorted()
    }

    private func list(_ part: String, _ below: String) throws(BuildFailure) -> (
        files: [String], folders: [String]
    ) {
        var (files, folders): ([String], [String]) = ([], [])
        for entry in try folder("\(part)/\(below)").entries() {
            let file = below + String(decoding: entry.name, as: UTF8.self)
            switch entry.kind {
            case .file: files.append(file)
            case .folder: folders.append(file + "/")
            case .link, .other: throw .audit(["'\(part)/\(file)' is neither a file nor a folder"])
            }
        }
        return (files, folders)
    }

    /// Whether another release is the same, judged by all names and lengths and the bytes of what lies beside the trees.
    ///
    /// The gate table holds the digest of every file in the trees, so a difference in one shows there.
    func isSame(as other: ReleaseFolder, _ crew: Crew) async throws -> Bool {
        // Nearly every change shows there, and then nothing need be listed.
        guard try hasSame("gate.json", as: other) else { return false }
        guard Folder.kind(of: other.path) == .folder else { return false }
        let names = try await files(in: ".", crew)
        guard try await names == other.files(in: ".", crew) else { return false }
        for name in names {
            if name.hasPrefix("public/") || name.hasPrefix("private/") {
                let (mine, theirs) = ("\(path)/\(name)", "\(other.path)/\(name)")
                guard Folder.size(ofFile: mine) == Folder.size(ofFile: theirs) else { return false }
            } else if name != "gate.json" {
                guard try hasSame(name, as: other) else { return false }
            }
        }
        return true
    }

    /// Whether a file beside the trees is there in both, with the same bytes.
    private func hasSame(_ name: String, as other: ReleaseFolder) throws(BuildFailure) -> Bool {
        let (mine, theirs) = ("\(path)/\(name)", "\(other.path)/\(name)")
        guard Folder.kind(of: mine) == .file, Folder.kind(of: theirs) == .file else { return false }
        let bytes = try OpenFile(reading: mine).readAll()
        return try OpenFile(reading: theirs).readAll() == bytes
    }
}
