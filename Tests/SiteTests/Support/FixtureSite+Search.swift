import Foundation
import Gate
import Ground

@testable import Site

extension FixtureSite {
    /// A site whose theme has a search, of these files.
    init(searching files: [String: String], config: String = "") throws {
        let layout = "{{#search}}{{index}} {{members}}{{/search}}\n<h1>{{page.title}}</h1>\n{{{content}}}"
        try self.init(
            writing: ["themes/plain/layouts/page.mustache": layout].merging(files) { $1 },
            config: config
        )
    }

    /// The addresses that each index of the current release leads to, by the rule of its files: `public`, `private`,
    /// `private label pro`.
    func searchable() throws -> [String: [String]] {
        var found: [String: [String]] = [:]
        let folder = "\(output)/current/"
        let json = try Data(contentsOf: URL(fileURLWithPath: folder + "gate.json"))
        for route in try GateTable(json: json).routes where route.isFileOfDocuments {
            let file = URL(fileURLWithPath: "\(folder)\(route.visibility.rawValue)/\(route.file)")
            let rows = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[Any]] ?? []
            let rule = ([route.visibility.rawValue] + route.requirements.map(\.text)).joined(separator: " ")
            found[rule, default: []] += rows.compactMap { $0[0] as? String }
        }
        return found
    }

    /// The first file of the current release, or of a release at a path, whose name matches.
    static func searchFile(_ name: Regex<Substring>, in folder: String) throws -> String? {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().first {
            $0.firstMatch(of: name) != nil
        }
    }
}

extension Route {
    fileprivate var isFileOfDocuments: Bool {
        path.text.firstMatch(of: /^\/_search\/[0-9a-f]+\/d[0-9]+\.json$/) != nil
    }
}
