import ArgumentParser
import FoundationEssentials
import Gate
import Ground
import Settings

/// `gatehouse routes`: every route that the runtime answers, for whom it is, and where it comes from.
struct RoutesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List every route of the current release, with its rule and its source."
    )

    @OptionGroup var site: SiteOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let file = "\(site.outputFolder)/current/gate.json"
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Ending(.environment, "error: '\(file)' cannot be read\n    run 'gatehouse build' first")
        }
        let settings = try site.settings()
        let lines =
            try GateTable(json: data).routes.map(RouteLine.init)
            + AuthRoute.all(for: settings.auth).map(RouteLine.init)
        FileHandleText.standardOutput.write(json ? try Self.json(lines) : Self.table(lines))
    }

    private static func json(_ lines: [RouteLine]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(lines), as: UTF8.self)
    }

    private static func table(_ lines: [RouteLine]) -> String {
        let rows = lines.map { [$0.method, $0.path, $0.access, $0.source] }
        let widths = (0..<3).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
                + "  " + row[3]
        }.joined(separator: "\n")
    }
}

/// One line of the list.
struct RouteLine: Encodable {
    let method: String
    let path: String
    let access: String
    let source: String

    init(_ route: Route) {
        method = "GET"
        path = route.path.text
        source = route.source
        let asked = route.requirements.map { requirement in
            [
                requirement.labels.isEmpty ? nil : "label " + requirement.labels.joined(separator: " or "),
                requirement.teams.isEmpty ? nil : "team " + requirement.teams.joined(separator: " or "),
                requirement.verified ? "verified" : nil,
            ].compactMap(\.self).joined(separator: ", ")
        }
        let leads = route.target.map { ["leads to \($0)"] } ?? []
        access = ([route.visibility.rawValue] + asked + leads).joined(separator: ", ")
    }

    init(_ route: AuthRoute) {
        method = route.method.rawValue
        path = route.path.text
        access = "sign-in"
        source = "site.config: auth"
    }
}
