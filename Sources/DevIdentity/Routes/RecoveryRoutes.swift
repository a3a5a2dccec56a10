import HTTPTypes

/// A new password for whoever reads the account's mail.
enum RecoveryRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/account/recovery",
            scopes: ["sessions.write"],
            limit: RateRule(limit: 10, keys: ["url:{url},email:{param-email}", "url:{url},ip:{ip}"]),
            action: send
        ),
        Route(
            method: .put,
            template: "/account/recovery",
            scopes: ["sessions.write"],
            limit: RateRule(limit: 10, keys: ["url:{url},userId:{param-userId}"]),
            action: recover
        ),
    ]

    /// Tells an unknown address from a known one.
    private static let send: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMail else { throw .smtpDisabled }
        let email = try exchange.call.email("email").lowercased()
        let url = try exchange.call.platformURL("url", exchange.configuration)
        guard let user = directory.user(withEmail: email) else { throw .userNotFound }
        guard user.isActive else { throw .blocked }
        let (token, secret) = directory.addToken(.recovery, for: user.id)
        let link = exchange.link(
            url,
            [("userId", user.id), ("secret", secret), ("expire", token.expire.text)]
        )
        directory.outbox.add(Message(.recovery, to: email, userID: user.id, link: link, at: directory.now))
        return .json(201, token.json(secret: exchange.showsSecrets ? secret : ""))
    }

    /// Proves the address as well, and ends every session.
    private static let recover: Route.Action = { (exchange, directory) throws(Refusal) in
        let userID = try exchange.call.id("userId")
        let secret = try exchange.call.text("secret", 1...256)
        let password = try exchange.call.password("password")
        guard var user = directory.users[userID] else { throw .userNotFound }
        let taken = directory.takeToken(of: userID, secret: secret) { $0 == .recovery }
        guard let token = taken else { throw .invalidToken }
        user.prove(by: token.kind)
        user.password = directory.hash(ofPassword: password)
        user.passwordUpdate = directory.now
        user.updated = directory.now
        directory.users[userID] = user
        directory.endSessions(of: userID)
        return .json(token.json(secret: ""))
    }
}
