import HTTPTypes

/// The signed-in account, and making one.
enum AccountRoutes {
    static let all = [
        Route(
            method: .post,
            template: "/account",
            scopes: ["sessions.write"],
            authMethod: .emailPassword,
            limit: RateRule(limit: 10, keys: ["url:{url},ip:{ip}"]),
            action: create
        ),
        Route(method: .get, template: "/account", scopes: ["account"]) { (exchange, _) throws(Refusal) in
            .json(try exchange.signedIn().user.json)
        },
        Route(method: .delete, template: "/account", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            directory.removeUser(try exchange.signedIn().user.id)
            var answer = Answer(204)
            answer.headers = exchange.expiredCookies
            return answer
        },
        Route(method: .patch, template: "/account/name", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            let name = try exchange.call.text("name", 0...128)
            return try change(exchange, &directory) { $0.name = name }
        },
        Route(method: .patch, template: "/account/email", scopes: ["account"], action: changeEmail),
        Route(method: .patch, template: "/account/phone", scopes: ["account"], action: changePhone),
        Route(
            method: .patch,
            template: "/account/password",
            scopes: ["account"],
            limit: RateRule(limit: 10, keys: ["url:{url},ip:{ip}"]),
            action: changePassword
        ),
        Route(method: .get, template: "/account/prefs", scopes: ["account"]) {
            (exchange, _) throws(Refusal) in
            .json(try exchange.signedIn().user.prefs)
        },
        Route(method: .patch, template: "/account/prefs", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            let prefs = try exchange.call.object("prefs")
            return try change(exchange, &directory) { $0.prefs = prefs }
        },
        Route(method: .patch, template: "/account/status", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            var answer = try change(exchange, &directory) { $0.isActive = false }
            answer.headers = exchange.expiredCookies
            return answer
        },
    ]

    /// Makes an account, and no session.
    private static let create: Route.Action = { (exchange, directory) throws(Refusal) in
        guard exchange.isForProject else { throw .projectNotFound }
        let id = try exchange.call.newID("userId", directory)
        let email = try exchange.call.email("email").lowercased()
        let password = try exchange.call.password("password")
        let name = try exchange.call.optionalText("name", max: 128)
        guard !directory.identities.contains(where: { $0.providerEmail == email }) else { throw .badRequest }
        guard directory.users[id] == nil, directory.user(withEmail: email) == nil else { throw .userExists }
        let user = directory.addUser(id: id, email: email, password: password, name: name)
        return .json(201, user.json)
    }

    /// Also what turns an anonymous account into a full one: id, sessions and preferences stay, and the password given
    /// becomes the account's (contract, trap 6).
    private static let changeEmail: Route.Action = { (exchange, directory) throws(Refusal) in
        let (user, _) = try exchange.signedIn()
        let email = try exchange.call.email("email").lowercased()
        let password = try exchange.call.password("password")
        if user.passwordUpdate != nil, user.password?.matches(password) != true { throw .invalidCredentials }
        let isTaken = directory.identities.contains { $0.providerEmail == email && $0.userID != user.id }
        guard !isTaken else { throw .badRequest }
        if let other = directory.user(withEmail: email), other.id != user.id || other.hasEmailTarget {
            // A clash with an account that has no message target says less, so as not to tell that it exists.
            throw other.hasEmailTarget ? .targetExists : .badRequest
        }
        let hash = user.passwordUpdate == nil ? directory.hash(ofPassword: password) : user.password
        let now = directory.now
        return try change(exchange, &directory) { user in
            user.email = email
            user.emailVerification = false
            user.password = hash
            user.passwordUpdate = user.passwordUpdate ?? now
        }
    }

    /// Another number, which nothing has proved yet.
    private static let changePhone: Route.Action = { (exchange, directory) throws(Refusal) in
        let (user, _) = try exchange.signedIn()
        let phone = try exchange.call.phone("phone")
        let password = try exchange.call.password("password")
        if user.passwordUpdate != nil, user.password?.matches(password) != true { throw .invalidCredentials }
        guard !directory.users.values.contains(where: { $0.phone == phone && $0.id != user.id }) else {
            throw .phoneExists
        }
        let hash = user.passwordUpdate == nil ? directory.hash(ofPassword: password) : user.password
        let now = directory.now
        return try change(exchange, &directory) { user in
            user.phone = phone
            user.phoneVerification = false
            user.password = hash
            user.passwordUpdate = user.passwordUpdate ?? now
        }
    }

    /// Ends all other sessions.
    private static let changePassword: Route.Action = { (exchange, directory) throws(Refusal) in
        let (user, current) = try exchange.signedIn()
        let password = try exchange.call.password("password")
        let old = try exchange.call.optionalText("oldPassword", max: 256)
        if user.passwordUpdate != nil, user.password?.matches(old) != true { throw .invalidCredentials }
        for session in directory.sessions(of: user.id) where session.id != current.id {
            directory.sessions[session.id] = nil
        }
        let (hash, now) = (directory.hash(ofPassword: password), directory.now)
        return try change(exchange, &directory) { user in
            user.password = hash
            user.passwordUpdate = now
        }
    }

    private static func change(
        _ exchange: borrowing Exchange,
        _ directory: inout Directory,
        _ work: (inout User) -> Void
    ) throws(Refusal) -> Answer {
        var user = try exchange.signedIn().user
        work(&user)
        user.updated = directory.now
        directory.users[user.id] = user
        return .json(user.json)
    }
}
