import HTTPTypes

/// Proving that an address or a number is one's own.
enum VerificationRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/account/verifications/email",
            scopes: ["account"],
            limit: RateRule(limit: 10, keys: ["url:{url},userId:{userId}"]),
            aliases: ["/account/verification"],
            action: mail
        ),
        Route(
            method: .put,
            template: "/account/verifications/email",
            scopes: ["public"],
            limit: RateRule(limit: 10, keys: ["url:{url},userId:{param-userId}"]),
            aliases: ["/account/verification"],
            action: { (exchange, directory) throws(Refusal) in
                try prove(.emailVerification, exchange, &directory)
            }
        ),
        Route(
            method: .post,
            template: "/account/verifications/phone",
            scopes: ["account"],
            limit: RateRule(limit: 10, keys: ["url:{url},userId:{userId}", "url:{url},ip:{ip}"]),
            aliases: ["/account/verification/phone"],
            action: message
        ),
        Route(
            method: .put,
            template: "/account/verifications/phone",
            scopes: ["public"],
            limit: RateRule(limit: 10, keys: ["userId:{param-userId}"]),
            aliases: ["/account/verification/phone"],
            action: { (exchange, directory) throws(Refusal) in
                try prove(.phoneVerification, exchange, &directory)
            }
        ),
    ]

    private static let mail: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMail else { throw .smtpDisabled }
        let url = try exchange.call.platformURL("url", exchange.configuration)
        let user = try exchange.signedIn().user
        guard !user.email.isEmpty else { throw .emailNotFound }
        guard !user.emailVerification else { throw .emailAlreadyVerified }
        let (token, secret) = directory.addToken(.emailVerification, for: user.id)
        let link = exchange.link(
            url,
            [("userId", user.id), ("secret", secret), ("expire", token.expire.text)]
        )
        directory.outbox.add(
            Message(.emailVerification, to: user.email, userID: user.id, link: link, at: directory.now)
        )
        return .json(201, token.json(secret: exchange.showsSecrets ? secret : ""))
    }

    private static let message: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.configuration.sendsMessages else { throw .phoneDisabled }
        let user = try exchange.signedIn().user
        guard !user.phone.isEmpty else { throw .phoneNotFound }
        guard !user.phoneVerification else { throw .phoneAlreadyVerified }
        let (token, code) = directory.addToken(.phoneVerification, for: user.id)
        directory.outbox.add(
            Message(.phoneVerification, to: user.phone, userID: user.id, code: code, at: directory.now)
        )
        return .json(201, token.json(secret: exchange.showsSecrets ? code : ""))
    }

    private static func prove(
        _ kind: LoginToken.Kind,
        _ exchange: borrowing Exchange,
        _ directory: inout Directory
    ) throws(Refusal) -> Answer {
        let userID = try exchange.call.id("userId")
        let secret = try exchange.call.text("secret", 1...256)
        guard var user = directory.users[userID] else { throw .userNotFound }
        let taken = directory.takeToken(of: userID, secret: secret) { $0 == kind }
        guard let token = taken else { throw .invalidToken }
        user.prove(by: kind)
        user.updated = directory.now
        directory.users[userID] = user
        return .json(token.json(secret: ""))
    }
}
