import HTTPTypes

/// Signing in, looking at sessions, signing out.
enum SessionRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/account/sessions/email",
            scopes: ["sessions.write"],
            groups: [.session],
            authMethod: .emailPassword,
            limit: RateRule(limit: 10, keys: ["url:{url},email:{param-email}"], resetsOnCreation: true),
            aliases: ["/account/sessions"],
            action: withEmail
        ),
        Route(
            method: .post,
            template: "/account/sessions/anonymous",
            scopes: ["sessions.write"],
            groups: [.session],
            authMethod: .anonymous,
            limit: RateRule(limit: 50, keys: ["ip:{ip}"]),
            action: anonymous
        ),
        Route(
            method: .post,
            template: "/account/sessions/token",
            scopes: ["sessions.write"],
            groups: [.session],
            limit: byToken,
            action: withToken
        ),
        // What POST sessions/token does now; kept as Appwrite keeps them.
        Route(
            method: .put,
            template: "/account/sessions/magic-url",
            scopes: ["sessions.write"],
            groups: [.session],
            limit: byToken,
            action: withToken
        ),
        Route(
            method: .put,
            template: "/account/sessions/phone",
            scopes: ["sessions.write"],
            groups: [.session],
            limit: RateRule(limit: 10, keys: ["ip:{ip},userId:{param-userId}"]),
            action: withToken
        ),
        Route(method: .get, template: "/account/sessions", scopes: ["account"], action: list),
        Route(
            method: .delete,
            template: "/account/sessions",
            scopes: ["account"],
            limit: deleting,
            action: deleteAll
        ),
        Route(method: .get, template: "/account/sessions/{sessionId}", scopes: ["account"], action: get),
        Route(
            method: .patch,
            template: "/account/sessions/{sessionId}",
            scopes: ["account"],
            limit: RateRule(limit: 10, keys: ["url:{url},ip:{ip}"]),
            action: prolong
        ),
        Route(
            method: .delete,
            template: "/account/sessions/{sessionId}",
            scopes: ["account"],
            groups: [.mfa],
            limit: deleting,
            action: delete
        ),
    ]

    static let byToken = RateRule(limit: 10, keys: ["ip:{ip},userId:{param-userId}"], resetsOnCreation: true)
    private static let deleting = RateRule(limit: 100, keys: ["url:{url},ip:{ip}"])

    /// Unknown address, wrong password and no password at all are one answer.
    private static let withEmail: Route.Action = { (exchange, directory) throws(Refusal) in
        let email = try exchange.call.email("email").lowercased()
        let password = try exchange.call.password("password")
        guard exchange.isForProject, let user = directory.user(withEmail: email),
            user.password?.matches(password) == true
        else {
            throw .invalidCredentials
        }
        guard user.isActive else { throw .blocked }
        return NewSession(provider: "email", factor: "password").answer(for: user, exchange, &directory)
    }

    private static let anonymous: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.isForProject else { throw .anonymousAtConsole }
        let user = directory.addUser(id: directory.newID(), email: "", password: nil, name: "")
        return NewSession(provider: "anonymous", factor: "anonymous").answer(for: user, exchange, &directory)
    }

    /// Unknown user, wrong, used and expired are one answer.
    ///
    /// The account's status is not looked at: a blocked user gets a session and is refused at the next call.
    private static let withToken: Route.Action = { (exchange, directory) throws(Refusal) in
        let userID = try exchange.call.id("userId")
        let text = try exchange.call.text("secret", 1...256)
        guard exchange.isForProject, var user = directory.users[userID],
            let token = directory.takeToken(of: userID, secret: text, where: { $0.session != nil }),
            let session = token.kind.session
        else {
            throw .invalidToken
        }
        user.prove(by: token.kind)
        directory.users[user.id] = user
        return session.answer(for: user, exchange, &directory)
    }

    private static let list: Route.Action = { (exchange, directory) throws(Refusal) in
        let (user, current) = try exchange.signedIn()
        let sessions = directory.sessions(of: user.id)
        return .json([
            "total": JSONValue(sessions.count),
            "sessions": .list(sessions.map { $0.json(isCurrent: $0.id == current.id) }),
        ])
    }

    private static let get: Route.Action = { (exchange, directory) throws(Refusal) in
        let session = try exchange.namedSession(directory)
        return .json(session.json(isCurrent: session.id == exchange.session?.id))
    }

    /// The only thing that makes a session live longer.
    private static let prolong: Route.Action = { (exchange, directory) throws(Refusal) in
        var session = try exchange.namedSession(directory)
        session.expire = directory.now.advanced(bySeconds: exchange.configuration.sessionDuration)
        session.updated = directory.now
        directory.sessions[session.id] = session
        // 1.9.6 answers this one time as it is stored.
        let shown = session.expire.storedText
        return .json(session.json(isCurrent: session.id == exchange.session?.id, expire: shown))
    }

    private static let delete: Route.Action = { (exchange, directory) throws(Refusal) in
        let session = try exchange.namedSession(directory)
        directory.sessions[session.id] = nil
        var answer = Answer(204)
        if session.id == exchange.session?.id { answer.headers = exchange.expiredCookies }
        return answer
    }

    private static let deleteAll: Route.Action = { (exchange, directory) throws(Refusal) in
        let (user, _) = try exchange.signedIn()
        for session in directory.sessions(of: user.id) { directory.sessions[session.id] = nil }
        var answer = Answer(204)
        answer.headers = exchange.expiredCookies
        return answer
    }
}

extension Exchange {
    /// The caller's own session that the path names; `current` is the one that came along.
    fileprivate func namedSession(_ directory: Directory) throws(Refusal) -> Session {
        let (user, current) = try signedIn()
        let id = pathNames["sessionId"] ?? ""
        let session = directory.sessions[id == "current" ? current.id : id]
        guard let session, session.userID == user.id else { throw .sessionNotFound }
        return session
    }
}
