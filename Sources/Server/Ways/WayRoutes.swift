import Ground
import HTTPTypes
import Hummingbird
import Settings

/// Puts every route that `auth` makes onto Hummingbird's router.
struct WayRoutes: Sendable {
    let desk: Desk

    func responder() -> RouterResponder<ServerContext> {
        let router = Router(context: ServerContext.self)
        for route in AuthRoute.all(for: desk.auth) {
            let use: @Sendable (Request, ServerContext) async throws -> Response = { request, context in
                try await answer(route.purpose, request, context)
            }
            for path in route.spellings {
                for method in route.taken { router.on(RouterPath(path), method: method, use: use) }
            }
        }
        return router.buildResponder()
    }
}

extension WayRoutes {
    private func answer(_ purpose: AuthRoute.Purpose, _ request: Request, _ context: ServerContext)
        async throws -> Response
    {
        let arrival = Arrival(request, context, at: desk)
        switch purpose {
        case .signInPage: return try SignIn(desk: desk).page(arrival)
        case .signIn: return try await SignIn(desk: desk).submit(try await FormBody(request), arrival)
        case .sendLink: return try await MagicLink(desk: desk).send(try await FormBody(request), arrival)
        case .linkPage: return try await MagicLink(desk: desk).page(arrival)
        case .followLink: return try await MagicLink(desk: desk).follow(try await FormBody(request), arrival)
        case .sendCode(let medium):
            return try await SignInCode(desk: desk, medium: medium).send(try await FormBody(request), arrival)
        case .checkCode(let medium):
            return try await SignInCode(desk: desk, medium: medium).check(
                try await FormBody(request),
                arrival
            )
        case .recoverPage: return try Recovery(desk: desk).page(arrival)
        case .recover: return try await Recovery(desk: desk).send(try await FormBody(request), arrival)
        case .newPasswordPage: return try Recovery(desk: desk).confirmPage(arrival)
        case .newPassword: return try await Recovery(desk: desk).confirm(try await FormBody(request), arrival)
        case .verifyPage: return try Verification(desk: desk).page(arrival)
        case .verify: return try await Verification(desk: desk).submit(try await FormBody(request), arrival)
        case .signUpPage: return try SignUp(desk: desk).page(arrival)
        case .signUp: return try await SignUp(desk: desk).submit(try await FormBody(request), arrival)
        case .signOutPage: return SignOut(desk: desk).page()
        case .signOut: return try await SignOut(desk: desk).submit(try await FormBody(request), arrival)
        case .oauthStart(let provider): return try await OAuth(desk: desk).start(provider, arrival)
        case .oauthSuccess: return try await OAuth(desk: desk).success(arrival)
        case .oauthFailure: return try OAuth(desk: desk).failure(arrival)
        case .secondFactorPage: return try await SecondFactor(desk: desk).page(arrival)
        case .secondFactor:
            return try await SecondFactor(desk: desk).submit(try await FormBody(request), arrival)
        case .account: return try await AccountPage(desk: desk).page(arrival)
        case .revokeSession:
            let id = context.parameters.get("id") ?? ""
            return try await AccountSessions(desk: desk).revoke(id, try await FormBody(request), arrival)
        case .changeAccount(let change):
            let id = context.parameters.get("id") ?? ""
            return try await AccountForms(desk: desk).submit(change, id, try await FormBody(request), arrival)
        case .accountData: return try await AccountData(desk: desk).download(arrival)
        case .deleteAccountPage: return try await AccountDeletion(desk: desk).page(arrival)
        case .memberFeed:
            let token = context.parameters.get("token") ?? ""
            return try await FeedReading(desk: desk).read(token, request, arrival, context)
        case .user: return try await AccountPage(desk: desk).user(arrival)
        }
    }
}
