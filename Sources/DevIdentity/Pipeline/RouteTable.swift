import HTTPTypes

/// All routes below /v1.
///
/// Those with fixed words stand before those with names in the same place.
enum RouteTable {
    static let all: [Route] = [
        HealthRoutes.all, AccountRoutes.all, SessionRoutes.all, TokenRoutes.all, RecoveryRoutes.all,
        VerificationRoutes.all, OAuthRoutes.all, TeamRoutes.all, MembershipRoutes.all, UserRoutes.all,
        FactorRoutes.all, IdentityRoutes.all,
    ].flatMap(\.self)

    /// The route of a request, with the named parts of its path.
    static func route(_ method: HTTPRequest.Method, _ path: [String]) -> (Route, [String: String]) {
        guard path.first == "v1" else { return (.unknown, [:]) }
        for route in all {
            if let names = route.match(method, path.dropFirst()) { return (route, names) }
        }
        return (.unknown, [:])
    }
}
