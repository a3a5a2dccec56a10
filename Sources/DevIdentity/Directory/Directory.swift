import Crypto
import Ground

/// Everything the service knows, as one value: each request changes it in one go.
struct Directory: Sendable {
    var users: [String: User] = [:]
    var sessions: [String: Session] = [:]
    var tokens: [String: LoginToken] = [:]
    var teams: [String: Team] = [:]
    var memberships: [String: Membership] = [:]
    var identities: [OAuthIdentity] = []
    var challenges: [String: Challenge] = [:]
    /// What was mailed and sent, oldest first.
    var outbox = Outbox()
    /// What the mock providers have handed out and nobody has exchanged yet.
    var grants: [String: ProviderGrant] = [:]
    var rates = RateBook()
    /// The time of the present request.
    var now: Moment
    let random: IdentityRandom
    /// Signs the secrets at the end of OAuth round trips; new at each start.
    let signingKey: SymmetricKey
    private var lastSerial = 0
    /// By the hash of the secret, also of sessions that are over; each request looks here.
    private var sessionIDs: [String: String] = [:]

    init(now: Moment, random: IdentityRandom) {
        self.now = now
        self.random = random
        signingKey = SymmetricKey(data: random.bytes(32))
    }

    mutating func nextSerial() -> Int {
        lastSerial += 1
        return lastSerial
    }

    func newID() -> String { random.uniqueID(at: now) }
    func hash(ofPassword password: String) -> PasswordHash { PasswordHash(password, salt: random.bytes(16)) }
}

extension Directory {
    func user(withEmail email: String) -> User? {
        email.isEmpty ? nil : users.values.first { $0.email == email }
    }

    func user(withPhone phone: String) -> User? {
        phone.isEmpty ? nil : users.values.first { $0.phone == phone }
    }

    /// Oldest first.
    func sessions(of userID: String) -> [Session] {
        sessions.values.filter { $0.userID == userID }.sorted { $0.serial < $1.serial }
    }

    /// The session that a secret opens, with its user; nil for anything else, whatever the reason.
    func session(for secret: SessionSecret) -> (user: User, session: Session)? {
        guard let user = users[secret.userID] else { return nil }
        guard let session = sessionIDs[secret.hash].flatMap({ sessions[$0] }) else { return nil }
        return session.userID == user.id && session.expire >= now ? (user, session) : nil
    }

    mutating func add(_ session: Session) {
        sessions[session.id] = session
        sessionIDs[session.secretHash] = session.id
    }

    mutating func endSessions(of userID: String) {
        sessions = sessions.filter { $0.value.userID != userID }
    }

    /// A new account; the id and the address have been found to be free.
    mutating func addUser(id: String, email: String, password: String?, name: String) -> User {
        var user = User(id: id, serial: nextSerial(), created: now)
        user.email = email
        user.name = name
        user.hasEmailTarget = !email.isEmpty
        if let password {
            user.password = hash(ofPassword: password)
            user.passwordUpdate = now
        }
        users[id] = user
        return user
    }

    /// Removes the account with all that hangs on it.
    mutating func removeUser(_ id: String) {
        users[id] = nil
        sessions = sessions.filter { $0.value.userID != id }
        tokens = tokens.filter { $0.value.userID != id }
        memberships = memberships.filter { $0.value.userID != id }
        identities.removeAll { $0.userID == id }
        challenges = challenges.filter { $0.value.userID != id }
    }
}
