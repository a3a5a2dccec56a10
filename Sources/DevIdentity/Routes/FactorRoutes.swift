import HTTPTypes

/// As much of multi-factor sign-in as there is yet: whether it is on, and which factors there are.
enum FactorRoutes {
    static let all = [
        Route(method: .get, template: "/account/mfa/factors", scopes: ["account"], groups: [.mfa]) {
            (exchange, _) throws(Refusal) in
            let user = try exchange.signedIn().user
            return .json([
                "totp": false, "phone": false, "email": .flag(!user.email.isEmpty && user.emailVerification),
                "recoveryCode": false,
            ])
        }
    ]
}
