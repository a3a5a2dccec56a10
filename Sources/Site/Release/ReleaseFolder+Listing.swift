import Gate

extension ReleaseFolder {
    /// Every file below a part of the release, such as `public`, by its path below that part; sorted.
    ///
    /// Throws where something lies there that is neither a file nor a folder.
    func files(in part: String) throws(BuildFailure) -> [String] {
        var found: [String] = []
        try list(part, "", into: &found)
        return found.sorted()
    }

    private func list(_ part: String, _ below: String, into found: inout [String]) throws(BuildFailure) {
        for entry in try Folder(path: "\(path)/\(part)/\(below)").entries() {
            let file = below + String(decoding: entry.name, as: UTF8.self)
            switch entry.kind {
            case .file: found.append(file)
            case .folder: try list(part, file + "/", into: &found)
            case .link, .other: throw .audit(["'\(part)/\(file)' is neither a file nor a folder"])
            }
        }
    }

    /// Whether another release is the same, judged by all names and lengths and the bytes of what lies beside the trees.
    ///
    /// The gate table holds the digest of every file in the trees, so a difference in one shows there.
    func isSame(as other: ReleaseFolder) throws(BuildFailure) -> Bool {
        // Nearly every change shows there, and then nothing need be listed.
        guard try hasSame("gate.json", as: other) else { return false }
        let names = try files(in: ".")
        guard Folder.kind(of: other.path) == .folder, try names == other.files(in: ".") else { return false }
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
