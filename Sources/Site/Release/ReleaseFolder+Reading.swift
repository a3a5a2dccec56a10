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

    /// What is missing, or has other bytes than its gate table says, in the order of the table; reads every byte.
    func flaws(_ table: GateTable) throws(BuildFailure) -> [String] {
        var flaws: [String] = []
        for route in table.readings where route.kind != .redirect {
            let twins = (route.twins ?? []).map { ($0.file, $0.length, $0.digest) }
            for (name, length, digest) in [(route.file, route.length, route.digest)] + twins {
                let file = "\(route.visibility.rawValue)/\(name)"
                switch Folder.size(ofFile: "\(path)/\(file)") {
                case nil: flaws.append("\(file) is missing")
                case length: if try self.digest(of: file).hex != digest { fallthrough }
                default: flaws.append("\(file) is not what was built")
                }
            }
        }
        return flaws
    }

    private func digest(of file: String) throws(BuildFailure) -> FileDigest {
        try FileDigest(ofFile: "\(path)/\(file)")
    }
}
