import HTTPTypes

/// One request on its way through the pipeline: what has been found out about it so far.
struct Exchange: Sendable {
    /// Who decides about role and scopes.
    enum Caller: Sendable {
        case guest
        case user
        case key(IdentityKey)
    }

    let call: Call
    let route: Route
    let pathNames: [String: String]
    let configuration: IdentityConfiguration
    /// False for a request without a project, which Appwrite takes for one to its console.
    var isForProject = true
    var caller = Caller.guest
    /// Whose session came along; also there under a key (contract, section 2).
    var user: User?
    var session: Session?
    /// Headers that go out whatever the answer is.
    var headers = HTTPFields()
    /// What the rate limit of this call was counted under.
    var rateKeys: [String] = []

    init(call: Call, configuration: IdentityConfiguration) {
        self.call = call
        (route, pathNames) = RouteTable.route(call.method, call.path)
        self.configuration = configuration
    }

    var key: IdentityKey? {
        if case .key(let key) = caller { return key }
        return nil
    }

    /// Sensitive fields are blank unless a key asks.
    var showsSecrets: Bool { key != nil }

    /// The name of the session's cookie.
    var cookieName: String { "a_session_\(configuration.project)" }

    /// The signed-in account; routes with the scope `account` always have one.
    func signedIn() throws(Refusal) -> (user: User, session: Session) {
        guard let user, let session else { throw .unauthorized }
        return (user, session)
    }
}
