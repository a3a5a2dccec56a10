package import Ground

/// One route that exists because of what `auth` says.
package struct AuthRoute: Hashable, Sendable {
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    package enum Purpose: Hashable, Sendable {
        case signInPage, signIn
        case signUpPage, signUp
        case signOutPage, signOut
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
        if auth.canSignUp {
            add(.get, routes.signUp, .signUpPage)
            add(.post, routes.signUp, .signUp)
        }
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
        for change in AccountChange.allCases {
            add(.post, routes.account.below(change.rawValue), .changeAccount(change))
        }
        add(.get, routes.account.below("data"), .accountData)
        add(.get, routes.account.below("delete"), .deleteAccountPage)
        add(.get, .at("user"), .user)
        return all
    }
}
