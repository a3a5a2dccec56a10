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
        for command in Self.commands {
            let isTold = ["gatehouse ", "gatehouse new "].contains { manual.contains($0 + command.name) }
            #expect(isTold || command.name == "site", "\(command.name)")
            for option in command.options.subtracting(["--help", "--version"]) {
                #expect(manual.contains("`\(option)"), "\(option) of \(command.name)")
            }
        }
    }
}
