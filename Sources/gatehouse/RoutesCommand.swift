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
        FileHandleText.standardOutput.write(
            json ? try JSONText.of(lines) : TextTable(rows: lines.map(\.cells)).text
        )
    }
}

/// One line of the list.
struct RouteLine: Encodable {
    let method: String
    let path: String
    let access: String
    let source: String

    var cells: [String] { [method, path, access, source] }

    init(_ route: Route) {
        method = "GET"
        path = route.path.text
        source = route.source
        let leads = route.target.map { ["leads to \($0)"] } ?? []
        let parts = (route.renderings ?? []).reversed().map { $0.requirements.forWhom }
        access =
            ([route.visibility.rawValue] + route.requirements.map(\.text) + leads).joined(
                separator: ", "
            ) + (parts.isEmpty ? "" : "; parts for: " + parts.joined(separator: "; "))
    }

    init(_ route: AuthRoute) {
        method = route.method.rawValue
        path = route.path.text
        access = route.purpose == .memberFeed ? "by the address alone" : "sign-in"
        source = "site.config: auth"
    }
}

extension [Requirement] {
    /// Whom these admit, for people.
    var forWhom: String { isEmpty ? "members" : map(\.text).joined(separator: ", ") }
}
