import HTTPTypes

/// Ways in by mail and text message: each sends a one-time secret that POST sessions/token takes.
///
/// They make the account where there is none, before anything is proved (contract, section 6).
enum TokenRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/account/tokens/magic-url",
            scopes: ["sessions.write"],
            authMethod: .magicURL,
            limit: RateRule(limit: 60, keys: byEmail),
            aliases: ["/account/sessions/magic-url"],
            action: sendLink
        ),
        Route(
            method: .post,
            template: "/account/tokens/email",
            scopes: ["sessions.write"],
            authMethod: .emailOTP,
            limit: RateRule(limit: 10, keys: byEmail),
            action: sendEmailCode
        ),
        Route(
            method: .post,
            template: "/account/tokens/phone",
            scopes: ["sessions.write"],
            authMethod: .phone,
            limit: RateRule(limit: 10, keys: ["url:{url},phone:{param-phone}", "url:{url},ip:{ip}"]),
            aliases: ["/account/sessions/phone"],
            action: sendPhoneCode
        ),
    ]

    private static let byEmail = ["url:{url},email:{param-email}", "url:{url},ip:{ip}"]

    private static let sendLink: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMail else { throw .smtpDisabled }
        let id = try exchange.call.newID("userId", directory)
        let email = try exchange.call.email("email")
        let url = try exchange.call.platformURL("url", exchange.configuration)
        let user = try directory.receiver(id, email: email, ifAnIdentityHasIt: .emailExists)
        let phrase = exchange.phrase(directory.random)
        let (token, secret) = directory.addToken(.magicURL, for: user.id)
        let link = exchange.link(
            url.isEmpty ? exchange.ownURL("/console/auth/magic-url") : url,
            [
                ("userId", user.id), ("secret", secret), ("expire", token.expire.text),
                ("project", exchange.configuration.project),
            ]
        )
        directory.outbox.add(
            Message(.magicURL, to: email, userID: user.id, link: link, phrase: phrase, at: directory.now)
        )
        return .json(201, token.json(secret: exchange.showsSecrets ? secret : "", phrase: phrase))
    }

    private static let sendEmailCode: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMail else { throw .smtpDisabled }
        let id = try exchange.call.newID("userId", directory)
        let email = try exchange.call.email("email")
        let user = try directory.receiver(id, email: email, ifAnIdentityHasIt: .badRequest)
        let phrase = exchange.phrase(directory.random)
        let (token, code) = directory.addToken(.emailCode, for: user.id)
        directory.outbox.add(
            Message(.emailCode, to: email, userID: user.id, code: code, phrase: phrase, at: directory.now)
        )
        return .json(201, token.json(secret: exchange.showsSecrets ? code : "", phrase: phrase))
    }

    private static let sendPhoneCode: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMessages else { throw .phoneDisabled }
        let id = try exchange.call.newID("userId", directory)
        let phone = try exchange.call.phone("phone")
        let user = try directory.receiver(id, phone: phone)
        let (token, code) = directory.addToken(.phoneCode, for: user.id)
        directory.outbox.add(
            Message(.phoneCode, to: phone, userID: user.id, code: code, at: directory.now)
        )
        // A caller with a key gets it wrapped as a session's secret is (contract, trap 15).
        let shown = exchange.showsSecrets ? SessionSecret(userID: user.id, inner: code).text : ""
        return .json(201, token.json(secret: shown))
    }
}

extension Directory {
    /// Whoever has the address exactly as it is written, or a new account (contract, trap 16).
    fileprivate mutating func receiver(
        _ id: String,
        email: String,
        ifAnIdentityHasIt refusal: Refusal
    ) throws(Refusal) -> User {
        if let user = user(withEmail: email) { return user }
        guard !identities.contains(where: { $0.providerEmail == email }) else { throw refusal }
        guard users[id] == nil else { throw .userExists }
        return addUser(id: id, email: email, password: nil, name: "")
    }

    /// Whoever has the number, or a new account.
    fileprivate mutating func receiver(_ id: String, phone: String) throws(Refusal) -> User {
        if let user = user(withPhone: phone) { return user }
        guard users[id] == nil else { throw .userExists }
        var user = addUser(id: id, email: "", password: nil, name: "")
        user.phone = phone
        users[id] = user
        return user
    }
}

extension Exchange {
    func ownURL(_ path: String) -> String { "http://\(call.authority)\(path)" }

    /// An address with fields added to what its query holds already.
    func link(_ address: String, _ fields: [(String, String)]) -> String {
        URLParts(address)?.adding(fields) ?? address
    }

    /// Words that the page and the mail show alike, where the caller asked for them.
    fileprivate func phrase(_ random: IdentityRandom) -> String {
        guard (try? call.flag("phrase")) == true else { return "" }
        let words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron"]
        return random.bytes(2).map { words[Int($0) % words.count] }.joined(separator: " ")
    }
}
