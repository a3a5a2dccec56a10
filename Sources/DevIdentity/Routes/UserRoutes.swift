import HTTPTypes

/// What a key may do with accounts.
enum UserRoutes {
    static let all = [
        Route(method: .get, template: "/users", scopes: ["users.read"], action: list),
        Route(method: .post, template: "/users", scopes: ["users.write"], action: create),
        Route(method: .get, template: "/users/identities", scopes: ["users.read"]) {
            (exchange, directory) throws(Refusal) in
            let query = try ListQuery(
                try exchange.call.texts("queries", isOptional: true),
                attributes: ["userId", "provider", "providerUid", "providerEmail"]
            )
            return try query.answer(directory.identities.map(\.json), named: "identities")
        },
        Route(method: .get, template: "/users/{userId}/memberships", scopes: ["users.read"]) {
            (exchange, directory) throws(Refusal) in
            let user = try exchange.namedUser(directory)
            let query = try ListQuery(
                try exchange.call.texts("queries", isOptional: true),
                attributes: ["teamId", "confirm", "roles"]
            )
            let memberships = directory.memberships.values.filter { $0.userID == user.id }
                .sorted { $0.serial < $1.serial }
            return try query.answer(memberships.map { exchange.json($0, directory) }, named: "memberships")
        },
        Route(method: .get, template: "/users/{userId}", scopes: ["users.read"]) {
            (exchange, directory) throws(Refusal) in
            .json(try exchange.namedUser(directory).json)
        },
        Route(method: .delete, template: "/users/{userId}", scopes: ["users.write"]) {
            (exchange, directory) throws(Refusal) in
            directory.removeUser(try exchange.namedUser(directory).id)
            return Answer(204)
        },
        Route(method: .put, template: "/users/{userId}/labels", scopes: ["users.write"], action: setLabels),
        Route(method: .patch, template: "/users/{userId}/status", scopes: ["users.write"]) {
            (exchange, directory) throws(Refusal) in
            let isActive = try exchange.call.flag("status")
            return try change(exchange, &directory) { $0.isActive = isActive }
        },
        Route(method: .patch, template: "/users/{userId}/verification", scopes: ["users.write"]) {
            (exchange, directory) throws(Refusal) in
            let isVerified = try exchange.call.flag("emailVerification")
            return try change(exchange, &directory) { $0.emailVerification = isVerified }
        },
        Route(method: .post, template: "/users/{userId}/tokens", scopes: ["users.write"], action: makeToken),
        Route(method: .patch, template: "/users/{userId}/mfa", scopes: ["users.write"]) {
            (exchange, directory) throws(Refusal) in
            let isOn = try exchange.call.flag("mfa")
            return try change(exchange, &directory) { $0.mfa = isOn }
        },
        Route(method: .patch, template: "/users/{userId}/verification/phone", scopes: ["users.write"]) {
            (exchange, directory) throws(Refusal) in
            let isVerified = try exchange.call.flag("phoneVerification")
            return try change(exchange, &directory) { $0.phoneVerification = isVerified }
        },
        Route(
            method: .get,
            template: "/users/{userId}/sessions",
            scopes: ["users.read", "sessions.read"]
        ) { (exchange, directory) throws(Refusal) in
            let sessions = directory.sessions(of: try exchange.namedUser(directory).id)
            return .json([
                "total": JSONValue(sessions.count),
                "sessions": .list(sessions.map { $0.json(isCurrent: false) }),
            ])
        },
        Route(
            method: .delete,
            template: "/users/{userId}/sessions",
            scopes: ["users.write", "sessions.write"]
        ) {
            (exchange, directory) throws(Refusal) in
            directory.endSessions(of: try exchange.accessibleUser(directory).id)
            return Answer(204)
        },
        Route(
            method: .delete,
            template: "/users/{userId}/sessions/{sessionId}",
            scopes: ["users.write", "sessions.write"],
            action: deleteSession
        ),
    ]

    /// Oldest first.
    private static let list: Route.Action = { (exchange, directory) throws(Refusal) in
        let query = try ListQuery(
            try exchange.call.texts("queries", isOptional: true),
            attributes: [
                "name", "email", "phone", "status", "labels", "emailVerification", "phoneVerification",
            ]
        )
        let users = directory.users.values.sorted { $0.serial < $1.serial }
        return try query.answer(users.map(\.json), named: "users")
    }

    private static let create: Route.Action = { (exchange, directory) throws(Refusal) in
        let id = try exchange.call.newID("userId", directory)
        let email = exchange.call.has("email") ? try exchange.call.email("email").lowercased() : ""
        let password = exchange.call.has("password") ? try exchange.call.password("password") : nil
        let name = try exchange.call.optionalText("name", max: 128)
        guard directory.users[id] == nil, directory.user(withEmail: email) == nil else { throw .userExists }
        return .json(201, directory.addUser(id: id, email: email, password: password, name: name).json)
    }

    /// Labels of at most 36 letters and digits; repetitions are dropped.
    private static let setLabels: Route.Action = { (exchange, directory) throws(Refusal) in
        let labels = try exchange.call.texts("labels") { label in
            (1...36).contains(label.utf8.count) && label.utf8.allSatisfy(Call.isAlphanumeric)
        }
        var seen: Set<String> = []
        return try change(exchange, &directory) { $0.labels = labels.filter { seen.insert($0).inserted } }
    }

    /// A one-time secret that POST sessions/token takes.
    private static let makeToken: Route.Action = { (exchange, directory) throws(Refusal) in
        let length = try exchange.call.number("length", 4...128, else: 6)
        let lifetime = try exchange.call.number("expire", 60...31_536_000, else: 900)
        let user = try exchange.namedUser(directory)
        let secret = directory.random.hex(length)
        let token = directory.addToken(.custom, for: user.id, secret: secret, lifetime: lifetime)
        return .json(201, token.json(secret: secret))
    }

    private static let deleteSession: Route.Action = { (exchange, directory) throws(Refusal) in
        let user = try exchange.accessibleUser(directory)
        let id = exchange.pathNames["sessionId"] ?? ""
        guard let session = directory.sessions[id], session.userID == user.id else { throw .sessionNotFound }
        directory.sessions[id] = nil
        return Answer(204)
    }

    private static func change(
        _ exchange: borrowing Exchange,
        _ directory: inout Directory,
        _ work: (inout User) -> Void
    ) throws(Refusal) -> Answer {
        var user = try exchange.namedUser(directory)
        work(&user)
        user.updated = directory.now
        directory.users[user.id] = user
        return .json(user.json)
    }
}

extension Exchange {
    /// The account that the path names.
    fileprivate func namedUser(_ directory: Directory) throws(Refusal) -> User {
        guard let user = directory.users[pathNames["userId"] ?? ""] else { throw .userNotFound }
        return user
    }

    /// Guests have `sessions.write`, too, but without a key a caller sees no account other than its own.
    fileprivate func accessibleUser(_ directory: Directory) throws(Refusal) -> User {
        let named = try namedUser(directory)
        guard key != nil || user?.id == named.id else { throw .userNotFound }
        return named
    }
}
