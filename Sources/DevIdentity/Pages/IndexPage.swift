import Ground

/// What this is, who lives here, and where to go.
enum IndexPage {
    static func html(_ configuration: IdentityConfiguration, at now: Moment) -> String {
        let rows = configuration.users.map { row($0, now) }.joined(separator: "\n")
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
                for example <a href="/mock/oauth2/github/authorize">github</a>. Mails and text messages end in
                the <a href="/outbox">outbox</a>.</p>
                """
        )
    }

    private static func row(_ user: DemoUser, _ now: Moment) -> String {
        let cells = [user.email, user.password.revealed, special(user, now)].map {
            "<td>\(Page.escaped($0))</td>"
        }
        return "<tr>\(cells.joined())</tr>"
    }

    private static func special(_ user: DemoUser, _ now: Moment) -> String {
        var words = user.labels.map { "label \($0)" } + user.teams.map(name)
        if !user.isVerified { words.append("address not verified") }
        if user.isBlocked { words.append("blocked") }
        if !user.phone.isEmpty {
            words.append("number \(user.phone)\(user.isPhoneVerified ? "" : " (not verified)")")
        }
        if user.mfa { words.append("asked for a second factor") }
        if let code = user.authenticator.flatMap({ Authenticator(secret: $0.revealed) })?.code(at: now) {
            words.append("the authenticator shows \(code)")
        }
        if user.mustResetPassword { words.append("must choose a new password") }
        return words.joined(separator: ", ")
    }

    private static func name(_ team: DemoTeam) -> String {
        team.roles == ["member"]
            ? "team \(team.id)" : "team \(team.id) (\(team.roles.joined(separator: ", ")))"
    }
}
