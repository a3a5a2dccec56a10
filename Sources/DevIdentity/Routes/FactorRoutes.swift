import HTTPTypes

/// Second factors: setting them up, and showing them (contract, section 6, MFA).
enum FactorRoutes {
    static let all = [
        Route(method: .get, template: "/account/mfa/factors", scopes: ["account"], groups: [.mfa]) {
            (exchange, _) throws(Refusal) in
            let user = try exchange.signedIn().user
            return .json([
                "totp": .flag(user.authenticator?.isVerified == true),
                "phone": .flag(!user.phone.isEmpty && user.phoneVerification),
                "email": .flag(!user.email.isEmpty && user.emailVerification),
                "recoveryCode": .flag(!user.recoveryCodes.isEmpty),
            ])
        },
        Route(method: .patch, template: "/account/mfa", scopes: ["account"], action: require),
        Route(method: .post, template: authenticators, scopes: ["account"], action: begin),
        Route(method: .put, template: authenticators, scopes: ["account"], action: confirm),
        Route(method: .delete, template: authenticators, scopes: ["account"], action: remove),
        Route(method: .post, template: "/account/mfa/recovery-codes", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            guard try exchange.signedIn().user.recoveryCodes.isEmpty else { throw .codesExist }
            return try codes(exchange, &directory, status: 201)
        },
        Route(method: .get, template: "/account/mfa/recovery-codes", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            try exchange.demandFreshFactor(directory.now)
            let codes = try exchange.signedIn().user.recoveryCodes
            guard !codes.isEmpty else { throw .codesNotFound }
            return .json(["recoveryCodes": JSONValue(texts: codes)])
        },
        Route(method: .patch, template: "/account/mfa/recovery-codes", scopes: ["account"]) {
            (exchange, directory) throws(Refusal) in
            try exchange.demandFreshFactor(directory.now)
            guard try !exchange.signedIn().user.recoveryCodes.isEmpty else { throw .codesNotFound }
            return try codes(exchange, &directory, status: 200)
        },
        Route(
            method: .post,
            template: "/account/mfa/challenges",
            scopes: ["account"],
            groups: [.mfa],
            limit: RateRule(limit: 10, keys: ["url:{url},userId:{userId}"]),
            aliases: ["/account/mfa/challenge"],
            action: challenge
        ),
        Route(
            method: .put,
            template: "/account/mfa/challenges",
            scopes: ["account"],
            groups: [.mfa],
            limit: RateRule(limit: 10, keys: ["url:{url},challengeId:{param-challengeId}"]),
            aliases: ["/account/mfa/challenge"],
            action: answer
        ),
    ]

    private static let authenticators = "/account/mfa/authenticators/{type}"
    /// In seconds.
    private static let challengeLifetime = 3600

    private static let require: Route.Action = { (exchange, directory) throws(Refusal) in
        var (user, session) = try exchange.signedIn()
        user.mfa = try exchange.call.flag("mfa")
        if user.mfa {
            if user.authenticator?.isVerified == true { session.show("totp") }
            if user.emailVerification { session.show("email") }
            if user.phoneVerification { session.show("phone") }
            directory.sessions[session.id] = session
        }
        return exchange.save(user, &directory)
    }

    private static let begin: Route.Action = { (exchange, directory) throws(Refusal) in
        var user = try exchange.signedIn().user
        try exchange.demandTOTP()
        guard user.authenticator?.isVerified != true else { throw .authenticatorVerified }
        let authenticator = Authenticator(key: directory.random.bytes(32))
        user.authenticator = authenticator
        _ = exchange.save(user, &directory)
        return .json([
            "secret": .text(authenticator.secret),
            "uri": .text(authenticator.uri(issuer: exchange.configuration.project, label: user.email)),
        ])
    }

    private static let confirm: Route.Action = { (exchange, directory) throws(Refusal) in
        var user = try exchange.signedIn().user
        try exchange.demandTOTP()
        let code = try exchange.call.text("otp", 1...256)
        guard let authenticator = user.authenticator else { throw .authenticatorNotFound }
        guard !authenticator.isVerified else { throw .authenticatorVerified }
        guard authenticator.accepts(code, at: directory.now) else { throw .invalidToken }
        user.authenticator?.isVerified = true
        return exchange.save(user, &directory)
    }

    private static let remove: Route.Action = { (exchange, directory) throws(Refusal) in
        var user = try exchange.signedIn().user
        try exchange.demandTOTP()
        try exchange.demandFreshFactor(directory.now)
        guard user.authenticator != nil else { throw .authenticatorNotFound }
        user.authenticator = nil
        _ = exchange.save(user, &directory)
        return Answer(204)
    }

    private static let challenge: Route.Action = { (exchange, directory) throws(Refusal) in
        let user = try exchange.signedIn().user
        let name = try exchange.call.text("factor", 1...64)
        // The validator minds no case, and what compares the answer does.
        let factor: Challenge.Factor? =
            switch name.lowercased() {
            case "totp": .totp
            case "email": .email
            case "phone": .phone
            case "recoverycode": .recoveryCode
            default: nil
            }
        guard let factor else {
            throw .argument("factor", "Value must be one of (email, phone, totp, recoveryCode)")
        }
        let receiver = try exchange.receiver(of: factor, user)
        let challenge = Challenge(
            id: directory.newID(),
            serial: directory.nextSerial(),
            userID: user.id,
            factor: factor,
            code: receiver.isEmpty ? "" : directory.random.digits(6),
            created: directory.now,
            expire: directory.now.advanced(bySeconds: challengeLifetime)
        )
        directory.challenges = directory.challenges.filter { $0.value.expire >= directory.now }
        directory.challenges[challenge.id] = challenge
        if !receiver.isEmpty {
            directory.outbox.add(
                Message(.secondFactor, to: receiver, userID: user.id, code: challenge.code, at: directory.now)
            )
        }
        return .json(201, challenge.json)
    }

    private static let answer: Route.Action = { (exchange, directory) throws(Refusal) in
        var (user, session) = try exchange.signedIn()
        let id = try exchange.call.text("challengeId", 1...36)
        let code = try exchange.call.text("otp", 1...256)
        guard let challenge = directory.challenges[id], challenge.userID == user.id,
            challenge.expire >= directory.now
        else { throw .invalidToken }
        let isRight =
            switch challenge.factor {
            case .totp:
                user.authenticator.map { $0.isVerified && $0.accepts(code, at: directory.now) } ?? false
            case .email, .phone: code == challenge.code
            case .recoveryCode: user.recoveryCodes.contains(code)
            }
        guard isRight else { throw .invalidToken }
        if challenge.factor == .recoveryCode {
            user.recoveryCodes.removeAll { $0 == code }
            _ = exchange.save(user, &directory)
        }
        directory.challenges[id] = nil
        session.show(challenge.factor.rawValue)
        session.mfaUpdated = directory.now
        directory.sessions[session.id] = session
        return .json(session.json(isCurrent: true))
    }

    /// Six of ten characters.
    private static func codes(
        _ exchange: borrowing Exchange,
        _ directory: inout Directory,
        status: Int
    ) throws(Refusal) -> Answer {
        var user = try exchange.signedIn().user
        user.recoveryCodes = (0..<6).map { _ in directory.random.hex(10) }
        _ = exchange.save(user, &directory)
        return .json(status, ["recoveryCodes": JSONValue(texts: user.recoveryCodes)])
    }
}

extension Exchange {
    /// In seconds: how long a challenge that was passed opens what matters more.
    private static let freshness = 1800

    fileprivate func demandFreshFactor(_ now: Moment) throws(Refusal) {
        guard let shown = try signedIn().session.mfaUpdated, now < shown.advanced(bySeconds: Self.freshness)
        else { throw .challengeRequired }
    }

    /// Where the code of a challenge goes; empty for a factor that needs none to be sent.
    fileprivate func receiver(of factor: Challenge.Factor, _ user: User) throws(Refusal) -> String {
        switch factor {
        case .totp, .recoveryCode: return ""
        case .email:
            guard configuration.sendsMail else { throw .smtpDisabled }
            guard !user.email.isEmpty else { throw .emailNotFound }
            guard user.emailVerification else { throw .emailNotVerified }
            return user.email
        case .phone:
            guard configuration.sendsMessages else { throw .phoneDisabled }
            guard !user.phone.isEmpty else { throw .phoneNotFound }
            guard user.phoneVerification else { throw .phoneNotVerified }
            return user.phone
        }
    }

    fileprivate func demandTOTP() throws(Refusal) {
        guard pathNames["type"] == "totp" else { throw .argument("type", "Value must be one of (totp)") }
    }

    fileprivate func save(_ user: User, _ directory: inout Directory) -> Answer {
        var user = user
        user.updated = directory.now
        directory.users[user.id] = user
        return .json(user.json)
    }
}

extension Session {
    /// Each factor counts once.
    fileprivate mutating func show(_ factor: String) {
        if !factors.contains(factor) { factors.append(factor) }
    }
}
