package import Ground

/// `auth`: how visitors become members.
package struct AuthSettings: Hashable, Sendable {
    /// `email_password`: sign in with an e-mail address and a password.
    package var emailPassword: Bool
    /// `sign_up`: visitors may make an account, in whatever way they come.
    package var signUp: Bool
    /// `magic_url`: sign in with a link that is mailed.
    package var magicURL: Bool
    /// `email_otp`: sign in with a code that is mailed.
    package var emailOTP: Bool
    /// `phone_otp`: sign in with a code that is sent as a text message.
    package var phoneOTP: Bool
    /// `oauth`: the providers that members may sign in with, in the order of the sign-in page.
    package var oauth: [OAuthProvider]
    /// `feeds`: members may have addresses of their own for the feeds that only members may read.
    package var feeds: Bool
    /// `cookie`: how the session cookie is set.
    package var cookie: CookieSettings
    /// `routes`: where the pages of signing in are.
    package var routes: AuthRoutes
    /// `cache`: how long an answer about a session may be used again, in seconds, from 0 to 3600.
    ///
    /// A session that was revoked elsewhere reads for at most that long.
    package var cache: Int
    /// `outage`: what members get while Appwrite does not answer.
    package var outage: Outage

    package init(
        emailPassword: Bool = true,
        signUp: Bool = true,
        magicURL: Bool = false,
        emailOTP: Bool = false,
        phoneOTP: Bool = false,
        oauth: [OAuthProvider] = [],
        feeds: Bool = true,
        cookie: CookieSettings = CookieSettings(),
        routes: AuthRoutes = AuthRoutes(),
        cache: Int = 30,
        outage: Outage = .closed
    ) {
        self.emailPassword = emailPassword
        self.signUp = signUp
        self.magicURL = magicURL
        self.emailOTP = emailOTP
        self.phoneOTP = phoneOTP
        self.oauth = oauth
        self.feeds = feeds
        self.cookie = cookie
        self.routes = routes
        self.cache = cache
        self.outage = outage
    }

    /// Whether there is a way in at all.
    package var canSignIn: Bool { emailPassword || sendsMail || phoneOTP || !oauth.isEmpty }

    /// Whether an e-mail address alone leads in, by what is mailed there.
    package var sendsMail: Bool { magicURL || emailOTP }

    /// Whether there is a page for making an account: its form asks for a password, which must be a way in afterwards.
    ///
    /// By every other way an account is made at the first sign-in, where `signUp` allows it.
    package var canSignUp: Bool { signUp && emailPassword }
}

/// `auth.outage`: what members get while Appwrite does not answer.
package enum Outage: Hashable, Sendable {
    /// `closed`: private pages answer 503.
    case closed
    /// `grace 15m`: members who were seen within these seconds stay admitted.
    case grace(seconds: Int)
}

/// `auth.cookie`: how the session cookie is set (RFC 6265).
package struct CookieSettings: Hashable, Sendable {
    package enum SameSite: String, Sendable, CaseIterable {
        case strict, lax
    }

    package enum Secure: String, Sendable, CaseIterable {
        /// On whenever the site's `url` is https.
        case auto
        case always = "true"
        case never = "false"
    }

    /// `same_site`: whether the cookie comes along when a visitor follows a link from another site.
    package var sameSite: SameSite
    /// `secure`: whether the cookie is sent over TLS only.
    package var secure: Secure

    package init(sameSite: SameSite = .strict, secure: Secure = .auto) {
        self.sameSite = sameSite
        self.secure = secure
    }
}

/// `auth.routes`: distinct paths without a closing slash.
package struct AuthRoutes: Hashable, Sendable {
    /// `login`: the sign-in page.
    package var login: PagePath
    /// `logout`: ends the session.
    package var logout: PagePath
    /// `sign_up`: makes an account.
    package var signUp: PagePath
    /// `account`: who am I, and where am I signed in.
    package var account: PagePath
    /// `oauth`: the folder of the routes of OAuth providers.
    package var oauth: PagePath
    /// `recover`: a new password for who forgot the old one.
    package var recover: PagePath
    /// `verify`: where a mailed link proves an address.
    package var verify: PagePath

    package init(
        login: PagePath = .at("login"),
        logout: PagePath = .at("logout"),
        signUp: PagePath = .at("signup"),
        account: PagePath = .at("account"),
        oauth: PagePath = .at("oauth"),
        recover: PagePath = .at("recover"),
        verify: PagePath = .at("verify")
    ) {
        self.login = login
        self.logout = logout
        self.signUp = signUp
        self.account = account
        self.oauth = oauth
        self.recover = recover
        self.verify = verify
    }

    /// Where members' own feeds are, below `account`.
    package var feeds: PagePath { account.below("feeds") }
    /// Where a second factor is asked for, below `login`.
    package var secondFactor: PagePath { login.below("factor") }
    /// Where a link to sign in is asked for, and where the link leads.
    package var magicURL: PagePath { login.below("magic-url") }
    package var magicURLCallback: PagePath { magicURL.below("callback") }
    /// Where a code to sign in is asked for.
    package func code(_ medium: CodeMedium) -> PagePath { login.below(medium == .email ? "otp" : "phone") }
    /// Where it is shown.
    package func codeCheck(_ medium: CodeMedium) -> PagePath { code(medium).below("verify") }
    /// Where a new password is chosen.
    package var recoverConfirm: PagePath { recover.below("confirm") }
}

/// What a code to sign in is sent by.
package enum CodeMedium: String, Hashable, Sendable, CaseIterable {
    case email, phone
}
