import HTTPTypes

/// Ways in by mail and text message.
///
/// This service sends neither, and says so as an Appwrite without SMTP does.
enum TokenRoutes {
    static let all =
        [
            mail("/account/tokens/magic-url", alias: "/account/sessions/magic-url", .magicURL, limit: 60),
            mail("/account/tokens/email", alias: nil, .emailOTP, limit: 10),
        ] + [
            Route(
                method: .post,
                template: "/account/tokens/phone",
                scopes: ["sessions.write"],
                authMethod: .phone,
                limit: RateRule(limit: 10, keys: ["url:{url},phone:{param-phone}", "url:{url},ip:{ip}"]),
                aliases: ["/account/sessions/phone"]
            ) { (_, _) throws(Refusal) in throw .phoneDisabled },
            Route(
                method: .post,
                template: "/account/recovery",
                scopes: ["sessions.write"],
                limit: RateRule(limit: 10, keys: ["url:{url},email:{param-email}", "url:{url},ip:{ip}"])
            ) { (exchange, _) throws(Refusal) in
                _ = try exchange.call.email("email")
                _ = try exchange.call.platformURL("url", exchange.configuration)
                throw .smtpDisabled
            },
            Route(
                method: .put,
                template: "/account/recovery",
                scopes: ["sessions.write"],
                limit: RateRule(limit: 10, keys: ["url:{url},userId:{param-userId}"])
            ) { (exchange, directory) throws(Refusal) in
                let userID = try exchange.call.id("userId")
                _ = try exchange.call.text("secret", 1...256)
                _ = try exchange.call.password("password")
                // No mail was sent, so no secret can be right.
                throw directory.users[userID] == nil ? .userNotFound : .invalidToken
            },
            Route(
                method: .post,
                template: "/account/verifications/email",
                scopes: ["account"],
                limit: RateRule(limit: 10, keys: ["url:{url},userId:{userId}"]),
                aliases: ["/account/verification"]
            ) { (exchange, _) throws(Refusal) in
                _ = try exchange.call.platformURL("url", exchange.configuration)
                throw .smtpDisabled
            },
            Route(
                method: .put,
                template: "/account/verifications/email",
                scopes: ["public"],
                limit: RateRule(limit: 10, keys: ["url:{url},userId:{param-userId}"]),
                aliases: ["/account/verification"]
            ) { (exchange, directory) throws(Refusal) in
                let userID = try exchange.call.id("userId")
                _ = try exchange.call.text("secret", 1...256)
                throw directory.users[userID] == nil ? .userNotFound : .invalidToken
            },
        ]

    private static func mail(_ template: String, alias: String?, _ method: AuthMethod, limit: Int) -> Route {
        Route(
            method: .post,
            template: template,
            scopes: ["sessions.write"],
            authMethod: method,
            limit: RateRule(limit: limit, keys: ["url:{url},email:{param-email}", "url:{url},ip:{ip}"]),
            aliases: alias.map { [$0] } ?? []
        ) { (exchange, directory) throws(Refusal) in
            _ = try exchange.call.newID("userId", directory)
            _ = try exchange.call.email("email")
            throw .smtpDisabled
        }
    }
}
