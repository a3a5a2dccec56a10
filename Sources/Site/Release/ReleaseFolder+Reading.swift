import Crypto
import FoundationEssentials
import Gate

extension ReleaseFolder {
    /// The gate table that the release was finished with.
    func table() throws(BuildFailure) -> GateTable {
        let json = try OpenFile(reading: path + "/gate.json").readAll()
        do throws(GateTableError) {
            return try GateTable(json: Data(json))
        } catch {
            throw .output(path: path, problem: "cannot be used: \(error)", advice: "build the site anew")
        }
    }

    /// What is missing, or has other bytes than the gate table says, in the order of the table; reads every byte.
    func flaws() throws(BuildFailure) -> [String] {
        var flaws: [String] = []
        for route in try table().routes {
            let file = "\(route.visibility.rawValue)/\(route.file)"
            switch Folder.size(ofFile: "\(path)/\(file)") {
            case nil: flaws.append("\(file) is missing")
            case route.length: if try digest(of: file).hex != route.digest { fallthrough }
            default: flaws.append("\(file) is not what was built")
            }
        }
        return flaws
    }

    private func digest(of file: String) throws(BuildFailure) -> FileDigest {
        let open = try OpenFile(reading: "\(path)/\(file)")
        var hash = SHA256()
        while case let piece = try open.read(upTo: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return FileDigest(hash.finalize())
    }
}
