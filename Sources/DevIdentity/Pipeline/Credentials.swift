import Ground
import HTTPTypes

/// The steps that find out who calls.
enum Credentials {
    /// Cookie, then its `_legacy` twin, then the session header, then the fallback: each only when the one
    /// before it held nothing.
    ///
    /// A stale cookie therefore beats a good header (contract, trap 14).
    static let session: Pipeline.Step = { (exchange, directory) throws(Refusal) in
        let call = exchange.call
        let cookie =
            call.cookie(exchange.cookieName) ?? call.cookie(exchange.cookieName + "_legacy")
        var secret = cookie.flatMap(SessionSecret.init)
        if secret == nil { secret = call.header("X-Appwrite-Session").flatMap(SessionSecret.init) }
        exchange.headers[.debugFallback] = secret == nil ? "true" : "false"
        if secret == nil { secret = call.fallbackCookie(exchange.cookieName).flatMap(SessionSecret.init) }
        // Whatever is wrong with it, nobody is told: the caller is a guest (contract, trap 13).
        guard exchange.isForProject, let secret, let found = directory.session(for: secret) else { return }
        (exchange.user, exchange.session) = (found.user, found.session)
        exchange.caller = .user
    }

    /// The key decides about role and scopes; the session stays known underneath.
    static let key: Pipeline.Step = { (exchange, directory) throws(Refusal) in
        guard let text = exchange.call.header("X-Appwrite-Key") else { return }
        guard exchange.isForProject,
            let key = exchange.configuration.keys.first(where: { $0.secret.revealed == text })
        else {
            // A key of an unknown kind is as good as none.
            guard knownKinds.contains(kind(of: text)) else { return }
            throw .unauthorized
        }
        if let expires = key.expires, expires <= directory.now { throw .keyExpired }
        exchange.caller = .key(key)
    }

    /// Notes that the session's account is in use: at most once a day, and also where the call is refused for what comes after.
    ///
    /// So does Appwrite (`app/controllers/shared/api.php`, `APP_USER_ACCESS`); a key that looks at an account is no use of it.
    static let access: Pipeline.Step = { (exchange, directory) throws(Refusal) in
        guard var user = exchange.user, user.accessed.advanced(bySeconds: 86_400) < directory.now else {
            return
        }
        user.accessed = directory.now
        user.updated = directory.now
        directory.users[user.id] = user
        exchange.user = user
    }

    private static let knownKinds: Set<String> = [
        "standard", "ephemeral", "dynamic", "account", "organization",
    ]

    /// The word before the first `_`; a text without one is taken for a standard key.
    private static func kind(of text: String) -> String {
        text.contains("_") ? String(text.prefix { $0 != "_" }) : "standard"
    }
}

extension Exchange {
    /// What the caller may do (contract, section 2).
    var scopes: Set<String> {
        switch caller {
        case .guest: Self.guestScopes
        case .user: Self.guestScopes.union(["account", "teams.read", "teams.write"])
        case .key(let key):
            key.scopes.subtracting(["account", "public"]).union(["global", "health.read", "graphql"])
        }
    }

    var role: String {
        switch caller {
        case .guest: "guests"
        case .user: "users"
        case .key: "applications"
        }
    }

    /// Who is named in the message about a missing scope.
    var callerName: String {
        switch caller {
        case .guest: "User"
        case .user: user?.email ?? ""
        case .key: "app.\(configuration.project)@service.\(call.hostname)"
        }
    }

    private static let guestScopes: Set<String> = ["public", "global", "sessions.write", "locale.read"]
}

extension Call {
    /// The first cookie of that name, percent-decoded.
    func cookie(_ name: String) -> String? {
        for header in headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { continue }
                return FormText.decoded(parts[1], plusIsSpace: false)
            }
        }
        return nil
    }

    /// The value of one cookie in `X-Fallback-Cookies`.
    func fallbackCookie(_ name: String) -> String? {
        header("X-Fallback-Cookies").flatMap { JSONValue(parsing: $0.utf8) }?[name]?.text
    }
}
