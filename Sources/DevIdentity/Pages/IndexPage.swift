import Ground

/// What this is, who lives here, and where to go.
enum IndexPage {
    /// `codes` are those that a mail would hold, by address.
    static func html(_ configuration: IdentityConfiguration, codes: [(email: String, code: String)]) -> String
    {
        let rows = configuration.users.map(row).joined(separator: "\n")
        return Page.html(
            title: "Who lives here",
            body: """
                <p>Project <code>\(Page.escaped(configuration.project))</code>, API at
                <a href="/v1/health/version"><code>/v1</code></a>. Accounts made later live until the service stops.</p>
                <table>
                <tr><th>E-mail</th><th>Password</th><th>What is special</th></tr>
                \(rows)
                </table>
                <p>Every OAuth provider is played by a page of this service, which asks who you want to be:
                for example <a href="/mock/oauth2/github/authorize">github</a>. This service sends no mail.</p>
                \(list(codes))
                """
        )
    }

    private static func list(_ codes: [(email: String, code: String)]) -> String {
        guard !codes.isEmpty else { return "" }
        let items = codes.map { code in
            "<li>\(Page.escaped(code.email)): <code>\(Page.escaped(code.code))</code></li>"
        }
        return "<h2>Codes that a mail would hold</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>"
    }

    private static func row(_ user: DemoUser) -> String {
        let cells = [user.email, user.password.revealed, special(user)].map { "<td>\(Page.escaped($0))</td>" }
        return "<tr>\(cells.joined())</tr>"
    }

    private static func special(_ user: DemoUser) -> String {
        var words = user.labels.map { "label \($0)" } + user.teams.map { "team \($0)" }
        if !user.isVerified { words.append("address not verified") }
        if user.isBlocked { words.append("blocked") }
        if user.mfa { words.append("second factor pending") }
        if user.mustResetPassword { words.append("must choose a new password") }
        return words.joined(separator: ", ")
    }
}
