import Ground
import Settings
import Testing

struct AuthRouteTests {
    @Test
    func `every way in makes its routes`() throws {
        let github = try #require(OAuthProvider(name: "github"))
        #expect(
            listed(AuthSettings(oauth: [github])) == [
                "GET /login", "POST /login", "GET /signup", "POST /signup",
            ] + recovery + [
                "GET /verify", "POST /verify", "GET /logout", "POST /logout", "GET /oauth/github",
                "GET /oauth/success", "GET /oauth/failure",
            ] + account
        )
    }

    @Test
    func `a provider that only Appwrite knows is one by its name and title`() throws {
        let settings = try Settings(
            parsing: """
                title: T
                url: http://localhost
                auth:
                  oauth: [{ name: newcomer, title: The Newcomer, scopes: [a] }]
                """,
            file: "site.config",
            environment: [:]
        )
        let provider = try #require(settings.auth.oauth.first)
        #expect((provider.name, provider.title, provider.scopes) == ("newcomer", "The Newcomer", ["a"]))
        #expect(listed(settings.auth).contains("GET /oauth/newcomer"))
    }

    @Test
    func `what is off makes no route`() throws {
        let github = try #require(OAuthProvider(name: "github"))
        let always = ["GET /verify", "POST /verify", "GET /logout", "POST /logout"]
        let withoutPassword = account.filter {
            !["POST /account/email", "POST /account/phone", "POST /account/password"].contains($0)
        }
        #expect(listed(AuthSettings(emailPassword: false)) == always + withoutPassword)
        #expect(
            listed(AuthSettings(signUp: false)) == ["GET /login", "POST /login"] + recovery + always + account
        )
        #expect(
            listed(AuthSettings(emailPassword: false, oauth: [github]))
                == ["GET /login"] + always + [
                    "GET /oauth/github", "GET /oauth/success", "GET /oauth/failure",
                ]
                + withoutPassword
        )
        #expect(listed(AuthSettings(feeds: false)).allSatisfy { !$0.contains("/feeds") })
        let mailed = listed(
            AuthSettings(emailPassword: false, magicURL: true, emailOTP: true, phoneOTP: true)
        )
        #expect(
            mailed == [
                "GET /login", "POST /login/magic-url", "GET /login/magic-url/callback",
                "POST /login/magic-url/callback", "POST /login/otp", "POST /login/otp/verify",
                "POST /login/phone", "POST /login/phone/verify",
            ] + always + withoutPassword
        )
    }

    @Test
    func `routes follow the configuration`() throws {
        var auth = AuthSettings(oauth: [try #require(OAuthProvider(name: "mock"))])
        auth.routes.login = try #require(PagePath("/members/in"))
        auth.routes.account = try #require(PagePath("/me"))
        auth.routes.oauth = try #require(PagePath("/with"))
        let listed = listed(auth)
        #expect(listed.contains("POST /members/in"))
        #expect(listed.contains("POST /me/sessions/{id}/revoke"))
        #expect(listed.contains("GET /with/mock"))
        #expect(
            !listed.contains { $0.contains(" /login") || $0.contains("/oauth") || $0.contains("/account") }
        )
    }

    private let recovery = [
        "GET /recover", "POST /recover", "GET /recover/confirm", "POST /recover/confirm",
    ]

    /// Who is signed in has an account, whatever the way in was.
    private let account = [
        "GET /login/factor", "POST /login/factor", "GET /account", "POST /account/sessions/{id}/revoke",
        "POST /account/name", "POST /account/email",
        "POST /account/phone", "POST /account/password", "POST /account/email/verify",
        "POST /account/phone/verify", "POST /account/phone/confirm", "POST /account/sessions/revoke",
        "POST /account/identities/{id}/disconnect", "POST /account/authenticator",
        "POST /account/authenticator/confirm", "POST /account/authenticator/remove",
        "POST /account/second-factor/on", "POST /account/second-factor/off",
        "POST /account/recovery-codes", "POST /account/feeds", "POST /account/feeds/off",
        "POST /account/delete", "GET /account/data",
        "GET /account/delete", "GET /account/feeds/{token}", "GET /user",
    ]

    private func listed(_ auth: AuthSettings) -> [String] {
        AuthRoute.all(for: auth).map { "\($0.method.rawValue) \($0.path)" }
    }
}
