import ArgumentParser
import Ground

/// The command: arguments in, exit code out.
@main
struct Gatehouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "Builds a web site from Markdown, of which some pages are for members, and serves it.",
        discussion: """
            Exit codes: 0 all is well, 1 mistakes in the site, 2 wrong usage, 3 the machine or the environment.
            """,
        version: version,
        subcommands: [
            NewCommand.self, BuildCommand.self, ServeCommand.self, DevCommand.self, CheckCommand.self,
            AuditCommand.self, AccessCommand.self, RoutesCommand.self, DiffCommand.self, ReleasesCommand.self,
            RollbackCommand.self, HooksCommand.self, GuestsCommand.self, DoctorCommand.self,
            IdentityCommand.self,
        ]
    )

    /// What `gatehouse --version` says; before 1.0 a release may change what it pleases.
    static let version = "0.1.0"

    /// As ArgumentParser's own, but for the exit codes and for where errors are told.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let ending as Ending {
            ending.tell()
        } catch {
            Ending(error, parsedBy: self).tell()
        }
    }
}

extension Gatehouse {
    /// Adds the command that was probably meant; ArgumentParser does so for options only.
    static func withSuggestion(_ message: String) -> String {
        let opening = "Unexpected argument '"
        guard let start = message.firstRange(of: opening),
            let end = message[start.upperBound...].firstRange(of: "'")
        else { return message }
        let written = String(message[start.upperBound..<end.lowerBound])
        let commands = configuration.subcommands.compactMap { $0.configuration.commandName }
        guard !commands.contains(written), let near = Suggestion.nearest(to: written, in: commands) else {
            return message
        }
        return message[..<end.upperBound] + ". Did you mean '\(near)'?" + message[end.upperBound...]
    }
}
