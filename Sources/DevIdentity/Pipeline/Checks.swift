import HTTPTypes

/// The steps that refuse.
enum Checks {
    /// A browser's `Origin` must be on the platform list; a server caller sends none (contract, section 1).
    static let origin: Pipeline.Step = { (exchange, _) throws(Refusal) in
        guard let origin = exchange.call.headers[.origin], !origin.isEmpty else { return }
        let host = URLParts(origin)?.host
        let isKnown = host.map { exchange.configuration.allows(host: $0) } ?? false
        if isKnown {
            exchange.headers[.accessControlAllowOrigin] = origin
            exchange.headers[.accessControlAllowCredentials] = "true"
        }
        guard isKnown || exchange.call.header("X-Appwrite-Key") != nil else { throw .unknownOrigin }
    }

    /// `?project=` wins over the header; none, or `console`, is Appwrite's console project.
    static let project: Pipeline.Step = { (exchange, _) throws(Refusal) in
        let inQuery = exchange.call.query["project"]?.text
        let inPath = exchange.pathNames["projectId"]
        let project = inQuery ?? inPath ?? exchange.call.header("X-Appwrite-Project") ?? ""
        exchange.isForProject = project == exchange.configuration.project
        guard exchange.isForProject || project.isEmpty || project == "console" else { throw .projectNotFound }
    }

    static let scope: Pipeline.Step = { (exchange, _) throws(Refusal) in
        guard exchange.scopes.isDisjoint(with: exchange.route.scopes) else { return }
        let wanted = JSONValue(texts: exchange.route.scopes).json
        throw Refusal(
            401,
            "general_unauthorized_scope",
            "\(exchange.callerName) (role: \(exchange.role)) missing scopes (\(wanted))"
        )
    }

    /// Blocked, a forced new password, a second factor: in this order.
    static let standing: Pipeline.Step = { (exchange, _) throws(Refusal) in
        // Under a key the session's user is not looked at here; the session alone still is.
        if exchange.key == nil, let user = exchange.user {
            guard user.isActive else { throw .blocked }
            guard !user.mustResetPassword else { throw .passwordReset }
        }
        guard !exchange.route.groups.contains(.mfa), exchange.key == nil else { return }
        guard let user = exchange.user, let session = exchange.session else { return }
        guard session.factors.count >= user.factorsNeeded else { throw .moreFactors }
    }

    /// A way in that is switched off; a key may use it all the same.
    static let authMethod: Pipeline.Step = { (exchange, _) throws(Refusal) in
        guard exchange.key == nil, let method = exchange.route.authMethod else { return }
        guard exchange.configuration.disabledMethods.contains(method) else { return }
        throw .methodOff.saying("\(method.rawValue) authentication is disabled for this project")
    }

    static let noSessionYet: Pipeline.Step = { (exchange, _) throws(Refusal) in
        guard exchange.route.groups.contains(.session), exchange.session != nil else { return }
        throw .sessionExists
    }
}

extension IdentityConfiguration {
    /// A platform, by host name alone: schemes and ports do not matter; `*.example.com` matches below it.
    func allows(host: String) -> Bool {
        platforms.contains { platform in
            platform == host || (platform.hasPrefix("*.") && host.hasSuffix(platform.dropFirst()))
        }
    }
}
