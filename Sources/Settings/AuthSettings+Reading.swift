import Ground

extension AuthSettings {
    /// Reads `auth`.
    init(_ settings: YAMLTable) {
        self.init()
        let table = settings.table(
            "auth",
            keys: [
                "email_password", "sign_up", "magic_url", "email_otp", "phone_otp", "oauth", "feeds",
                "cookie",
                "routes",
                "cache", "outage",
            ]
        )
        emailPassword = table.flag("email_password") ?? emailPassword
        signUp = table.flag("sign_up") ?? signUp
        magicURL = table.flag("magic_url") ?? magicURL
        emailOTP = table.flag("email_otp") ?? emailOTP
        phoneOTP = table.flag("phone_otp") ?? phoneOTP
        oauth = OAuthProvider.list(in: table)
        feeds = table.flag("feeds") ?? feeds
        cookie = CookieSettings(table)
        routes = AuthRoutes(table)
        cache =
            table.parsed("cache", "a duration from 0s to 1h, such as 30s") { text in
                Seconds(text).flatMap { (0...3600).contains($0.count) ? $0.count : nil }
            } ?? cache
        outage =
            table.parsed(
                "outage",
                "closed, or grace and a duration up to 24h, such as 'grace 15m'",
                Outage.init
            )
            ?? outage
        reportCollisions(table)
    }

    /// Two routes with one method and path would hide each other.
    private func reportCollisions(_ table: YAMLTable) {
        var seen: Set<String> = []
        let named = table.table("routes", keys: AuthRoutes.keys)
        for route in AuthRoute.all(for: self)
        where !seen.insert("\(route.method.rawValue) \(route.path)").inserted {
            table.reading.report(
                at: named.place,
                "two routes of signing in have the path '\(route.path)'",
                advice: "give each of 'routes' a path of its own; /user is taken, too"
            )
        }
    }
}

extension Outage {
    init?(_ text: String) {
        let words = text.split(separator: " ")
        if words == ["closed"] {
            self = .closed
        } else if words.count == 2, words[0] == "grace", let seconds = Seconds(words[1])?.count,
            (1...86400).contains(seconds)
        {
            self = .grace(seconds: seconds)
        } else {
            return nil
        }
    }
}

extension CookieSettings {
    init(_ auth: YAMLTable) {
        self.init()
        let table = auth.table("cookie", keys: ["same_site", "secure"])
        sameSite = table.choice("same_site", of: SameSite.self) ?? sameSite
        secure = table.choice("secure", of: Secure.self) ?? secure
    }
}

extension AuthRoutes {
    static let keys = ["login", "logout", "sign_up", "account", "oauth", "recover", "verify"]

    init(_ auth: YAMLTable) {
        self.init()
        let table = auth.table("routes", keys: Self.keys)
        func path(_ key: String) -> PagePath? {
            table.parsed(key, "a path such as /login, without a closing slash") { text in
                text.hasSuffix("/") || text.contains(where: { "{}*:".contains($0) }) ? nil : PagePath(text)
            }
        }
        login = path("login") ?? login
        logout = path("logout") ?? logout
        signUp = path("sign_up") ?? signUp
        account = path("account") ?? account
        oauth = path("oauth") ?? oauth
        recover = path("recover") ?? recover
        verify = path("verify") ?? verify
    }
}

extension OAuthProvider {
    private static let keys = ["name", "title", "scopes"]

    static func list(in auth: YAMLTable) -> [OAuthProvider] {
        guard let value = auth.entry("oauth")?.value else { return [] }
        switch value.content {
        case .nothing: return []
        case .list(let values):
            var seen: Set<String> = []
            return values.compactMap { value in
                guard let provider = one(value, auth.reading) else { return nil }
                guard seen.insert(provider.name).inserted else {
                    auth.reading.report(at: value.place, "the provider '\(provider.name)' stands twice")
                    return nil
                }
                return provider
            }
        default:
            auth.reading.report(
                at: value.place,
                "oauth must be a list, such as [github, google], found \(value.found)"
            )
            return []
        }
    }

    /// `github`, or `name: github` with `scopes`; with a `title` the name may be any.
    private static func one(_ value: YAMLValue, _ reading: YAMLReading) -> OAuthProvider? {
        if case .scalar(let name, _) = value.content {
            return known(name, scopes: [], at: value.place, reading)
        }
        let table = YAMLTable(value, named: "a provider", keys: keys, reading: reading)
        let scopes = table.texts("scopes")?.map(\.text) ?? []
        guard let name = table.required("name", "which provider is meant", { $0.text("name") }) else {
            return nil
        }
        let place = table.place(of: "name")
        guard let title = table.text("title") else {
            return known(name, scopes: scopes, at: place, reading)
        }
        if let provider = OAuthProvider(name: name, title: title, scopes: scopes) { return provider }
        reading.report(at: place, "a provider's name is letters and digits, found '\(name)'")
        return nil
    }

    private static func known(
        _ name: String,
        scopes: [String],
        at place: Place,
        _ reading: YAMLReading
    ) -> OAuthProvider? {
        if let provider = OAuthProvider(name: name, scopes: scopes) { return provider }
        reading.report(
            at: place,
            "unknown provider '\(name)'",
            advice: Suggestion.nearest(to: name, in: Array(titles.keys)).map { "did you mean '\($0)'?" }
                ?? "of one that only Appwrite knows say what its button is called, as in '{ name: \(name), title: … }'"
        )
        return nil
    }
}
