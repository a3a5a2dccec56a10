package import Ground

/// One route that exists because of what `auth` says.
package struct AuthRoute: Hashable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package enum Purpose: Hashable, Sendable {
        case signInPage, signIn
        /// Mails a link; the link leads to the page of which the last is the form.
        case sendLink, linkPage, followLink
        /// Sends a code, and takes it.
        case sendCode(CodeMedium), checkCode(CodeMedium)
        case signUpPage, signUp
        case signOutPage, signOut
        /// Mails a link to whoever forgot the password, and where the link leads.
        case recoverPage, recover, newPasswordPage, newPassword
        /// Where a mailed link proves an address.
        case verifyPage, verify
        /// Leads to the provider.
        case oauthStart(OAuthProvider)
        /// Where the provider leads back to.
        case oauthSuccess, oauthFailure
        /// Asks for a second factor, at sign-in or once more.
        case secondFactorPage, secondFactor
        case account, revokeSession
        /// A form of the account page.
        case changeAccount(AccountChange)
        /// Everything that is known of the account, to take along.
        case accountData
        /// Asks whether the account shall really go.
        case deleteAccountPage
        /// One feed, for the feed reader of one member.
        case memberFeed
        /// The signed-in account as JSON.
        case user
    }

    package let method: Method
    /// Without a closing slash.
    ///
    /// A segment `{id}` stands for any one segment, as Hummingbird's router has it.
    package let path: PagePath
    package let purpose: Purpose

    /// Every route that these settings make, in a fixed order.
    package static func all(for auth: AuthSettings) -> [AuthRoute] {
        let routes = auth.routes
        var all: [AuthRoute] = []
        func add(_ method: Method, _ path: PagePath, _ purpose: Purpose) {
            all.append(AuthRoute(method: method, path: path, purpose: purpose))
        }
        if auth.canSignIn { add(.get, routes.login, .signInPage) }
        if auth.emailPassword { add(.post, routes.login, .signIn) }
        if auth.magicURL {
            add(.post, routes.magicURL, .sendLink)
            add(.get, routes.magicURLCallback, .linkPage)
            add(.post, routes.magicURLCallback, .followLink)
        }
        for (isOn, medium) in [(auth.emailOTP, CodeMedium.email), (auth.phoneOTP, .phone)] where isOn {
            add(.post, routes.code(medium), .sendCode(medium))
            add(.post, routes.codeCheck(medium), .checkCode(medium))
        }
        if auth.canSignUp {
            add(.get, routes.signUp, .signUpPage)
            add(.post, routes.signUp, .signUp)
        }
        if auth.emailPassword {
            add(.get, routes.recover, .recoverPage)
            add(.post, routes.recover, .recover)
            add(.get, routes.recoverConfirm, .newPasswordPage)
            add(.post, routes.recoverConfirm, .newPassword)
        }
        add(.get, routes.verify, .verifyPage)
        add(.post, routes.verify, .verify)
        add(.get, routes.logout, .signOutPage)
        add(.post, routes.logout, .signOut)
        for provider in auth.oauth {
            add(.get, routes.oauth.below(provider.name), .oauthStart(provider))
        }
        if !auth.oauth.isEmpty {
            add(.get, routes.oauth.below("success"), .oauthSuccess)
            add(.get, routes.oauth.below("failure"), .oauthFailure)
        }
        add(.get, routes.secondFactor, .secondFactorPage)
        add(.post, routes.secondFactor, .secondFactor)
        add(.get, routes.account, .account)
        add(.post, routes.account.below("sessions/{id}/revoke"), .revokeSession)
        for change in AccountChange.allCases where change.isMade(by: auth) {
            add(.post, routes.account.below(change.rawValue), .changeAccount(change))
        }
        add(.get, routes.account.below("data"), .accountData)
        add(.get, routes.account.below("delete"), .deleteAccountPage)
        if auth.feeds { add(.get, routes.feeds.below("{token}"), .memberFeed) }
        add(.get, .at("user"), .user)
        return all
    }
}
