import ArgumentParser

/// The command: arguments in, exit code out.
@main
struct Gatehouse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gatehouse",
        abstract: "Builds a web site from Markdown, of which some pages are for members, and serves it.",
        discussion: """
            Exit codes: 0 all is well, 1 mistakes in the site, 2 wrong usage, 3 the machine or the environment.
            """,
        subcommands: [
            BuildCommand.self, ServeCommand.self, DevCommand.self, RoutesCommand.self, IdentityCommand.self,
        ]
    )

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
