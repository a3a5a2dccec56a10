import HTTPTypes

/// The OAuth round trip for servers: start, the provider's callback, and the redirect to the site (contract, "OAuth2").
enum OAuthRoutes {
    static let all = [
        Route(
            method: .get,
            template: "/account/tokens/oauth2/{provider}",
            scopes: ["sessions.write"],
            limit: perAddress,
            showsErrorsAsHTML: true,
            action: start
        ),
        Route(
            method: .get,
            template: "/account/sessions/oauth2/callback/{provider}/{projectId}",
            scopes: ["public"],
            showsErrorsAsHTML: true,
            action: callback
        ),
        Route(
            method: .post,
            template: "/account/sessions/oauth2/callback/{provider}/{projectId}",
            scopes: ["public"],
            showsErrorsAsHTML: true,
            action: callback
        ),
        Route(
            method: .get,
            template: "/account/sessions/oauth2/{provider}/redirect",
            scopes: ["public"],
            limit: perAddress,
            showsErrorsAsHTML: true,
            action: finish
        ),
    ]

    private static let perAddress = RateRule(limit: 50, keys: ["ip:{ip}"])

    /// Sends the browser to the provider's page, which is one of ours.
    private static let start: Route.Action = { (exchange, _) throws(Refusal) in
        let provider = try exchange.namedProvider()
        let success = try exchange.call.platformURL("success", exchange.configuration)
        let failure = try exchange.call.platformURL("failure", exchange.configuration)
        let scopes = try exchange.call.texts("scopes", isOptional: true)
        guard exchange.configuration.providers.contains(provider) else { throw .providerDisabled }
        let state = OAuthState(success: success, failure: failure)
        let query = FormText.query([
            ("client_id", "mock"), ("redirect_uri", exchange.callbackURL(provider)),
            ("response_type", "code"),
            ("scope", scopes.joined(separator: " ")), ("state", state.text),
        ])
        return .redirect(to: "http://\(exchange.call.authority)/mock/oauth2/\(provider)/authorize?\(query)")
    }

    /// Passes on what the provider says, under an address on which the browser's cookies for this service hold.
    private static let callback: Route.Action = { (exchange, _) throws(Refusal) in
        let provider = try exchange.namedProvider()
        var fields = [("project", exchange.configuration.project)]
        for name in ["code", "state", "error", "error_description"] {
            if let text = exchange.call.parameters[name]?.text { fields.append((name, text)) }
        }
        let path = "/v1/account/sessions/oauth2/\(provider)/redirect"
        return .redirect(to: "http://\(exchange.call.authority)\(path)?\(FormText.query(fields))")
    }

    /// Exchanges the code, finds or makes the account, and sends the browser back to the site.
    private static let finish: Route.Action = { (exchange, directory) throws(Refusal) in
        let provider = try exchange.namedProvider()
        let state = try exchange.state()
        do throws(Refusal) {
            let user = try exchange.oauthUser(provider, &directory)
            let secret = directory.addOAuthToken(for: user, provider: provider)
            let target = state.success.isEmpty ? exchange.ownURL("/auth/oauth2/success") : state.success
            return .redirect(
                to: URLParts(target)?.adding([("userId", user.id), ("secret", secret)]) ?? target
            )
        } catch {
            guard let failure = URLParts(state.failure) else { throw error }
            return .redirect(to: failure.adding([("error", error.oauthJSON)]))
        }
    }
}

extension Exchange {
    fileprivate func namedProvider() throws(Refusal) -> String {
        let provider = pathNames["provider"] ?? ""
        guard OAuthProvider.all.contains(provider) else {
            throw .argument(
                "provider",
                "Value must be one of (\(OAuthProvider.all.sorted().joined(separator: ", ")))"
            )
        }
        return provider
    }

    fileprivate func callbackURL(_ provider: String) -> String {
        ownURL("/v1/account/sessions/oauth2/callback/\(provider)/\(configuration.project)")
    }

    /// The state that came back, its addresses judged once more: nothing in it is signed.
    fileprivate func state() throws(Refusal) -> OAuthState {
        guard let state = OAuthState(call.parameters["state"]?.text ?? "") else {
            throw .serverError.saying("The login state from the provider cannot be read.")
        }
        guard state.success.isEmpty || allows(state.success) else { throw .invalidSuccessURL }
        guard state.failure.isEmpty || allows(state.failure) else { throw .invalidFailureURL }
        return state
    }

    private func allows(_ url: String) -> Bool {
        URLParts(url).map { configuration.allows(host: $0.host) } ?? false
    }

    /// The account of whoever allowed it at the provider; a new one, where there is none.
    fileprivate func oauthUser(_ provider: String, _ directory: inout Directory) throws(Refusal) -> User {
        guard configuration.providers.contains(provider) else { throw .providerDisabled }
        if let error = call.parameters["error"]?.text, !error.isEmpty {
            let more = call.parameters["error_description"]?.text.map { ": \($0)" } ?? ""
            throw .providerError.saying("The \(provider) OAuth2 provider returned an error: \(error)\(more)")
        }
        guard let code = call.parameters["code"]?.text, !code.isEmpty else {
            throw .providerError.saying("Missing OAuth2 code.")
        }
        guard let grant = directory.grants.removeValue(forKey: code), grant.provider == provider,
            grant.expire >= directory.now
        else {
            throw .providerBadRequest
        }
        let user = try directory.user(for: grant)
        guard user.isActive else { throw .blocked }
        return user
    }
}

/// What goes to the provider and comes back as it was: plain JSON, not signed, not bound to a browser.
struct OAuthState: Equatable {
    let success: String
    let failure: String

    init(success: String, failure: String) {
        self.success = success
        self.failure = failure
    }

    init?(_ text: String) {
        guard let value = JSONValue(parsing: text.utf8), value.members != nil else { return nil }
        self.init(success: value["success"]?.text ?? "", failure: value["failure"]?.text ?? "")
    }

    var text: String {
        let value: JSONValue = ["success": .text(success), "failure": .text(failure), "token": true]
        return value.json
    }
}
