import ArgumentParser
import Foundation
import Testing

@testable import gatehouse

struct ManualTests {
    private static func manual() throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        return try String(
            contentsOf: folder.appending(path: "../../content/manual/commands.md").standardized,
            encoding: .utf8
        )
    }

    /// `build`, `new`, and so on, with their options as their helps name them.
    private static var commands: [(name: String, options: Set<String>)] {
        Gatehouse.configuration.subcommands.flatMap { command in
            [command] + command.configuration.subcommands
        }.map { command in
            let help = Gatehouse.helpMessage(for: command)
            let options = help.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }
            return (command.configuration.commandName ?? "", Set(options))
        }
    }

    @Test
    func `the manual tells of every command and every option`() throws {
        let manual = try Self.manual()
        let shared = Self.section("Where the site is", in: manual)
        #expect(shared.contains("`--source"))
        for command in Self.commands {
            let isTold = ["gatehouse ", "gatehouse new ", "gatehouse hooks ", "gatehouse guests "].contains {
                manual.contains($0 + command.name)
            }
            #expect(isTold || command.name == "site", "\(command.name)")
            let section = Self.section(of: command.name, in: manual) + shared
            for option in command.options.subtracting(["--help", "--version"]) {
                #expect(section.contains("`\(option)"), "\(option) of \(command.name)")
            }
        }
    }

    /// What stands below `## gatehouse build`; some commands stand in the section of another.
    private static func section(of command: String, in manual: String) -> Substring {
        let home = [
            "site": "new", "page": "new", "theme": "new", "rollback": "releases", "test": "hooks",
            "list": "hooks", "retry": "hooks", "prune": "guests",
        ]
        return section("gatehouse \(home[command] ?? command)", in: manual)
    }

    private static func section(_ heading: String, in manual: String) -> Substring {
        guard let start = manual.firstRange(of: "\n## \(heading)\n") else { return "" }
        let rest = manual[start.upperBound...]
        return rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    }
}
