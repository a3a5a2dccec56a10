import ArgumentParser

/// `gatehouse new`: a site, a page or a theme to begin with.
struct NewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a site, a page or a theme to begin with.",
        discussion: """
            'gatehouse new my-site' makes a site that builds and serves at once: then 'cd my-site' and 'gatehouse dev'. \
            Nothing that is there already is ever overwritten.
            """,
        subcommands: [NewSiteCommand.self, NewPageCommand.self, NewThemeCommand.self],
        defaultSubcommand: NewSiteCommand.self
    )
}
