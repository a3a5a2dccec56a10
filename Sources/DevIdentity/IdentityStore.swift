import Synchronization

/// Who lives in the service.
///
/// Every request, and every call below, is one transaction.
package final class IdentityStore: Sendable {
    private let directory: Mutex<Directory>
    private let clock: IdentityClock

    /// A store with these users and their teams.
    package init(users: [DemoUser], clock: IdentityClock = .system, random: IdentityRandom = .system) {
        var directory = Directory(now: clock.now(), random: random)
        for user in users { directory.add(user) }
        self.directory = Mutex(directory)
        self.clock = clock
    }

    func transaction<Result: Sendable>(_ work: (inout Directory) -> Result) -> Result {
        directory.withLock { directory in
            directory.now = clock.now()
            return work(&directory)
        }
    }
}

extension IdentityStore {
    var now: Moment { clock.now() }

    /// What the authenticator program of a user shows now; nil for whoever has none.
    package func authenticatorCode(ofUser id: String) -> String? {
        transaction { $0.users[id]?.authenticator?.code(at: $0.now) }
    }

    /// What was mailed and sent, oldest first; what is long past is no longer there.
    package var outbox: [Message] { transaction { $0.outbox.messages } }
}

/// For tests: a look inside, and changes that nobody asked for over the wire.
extension IdentityStore {
    package var userCount: Int { transaction { $0.users.count } }

    /// Accounts that an anonymous session made and nobody has converted.
    package var anonymousUserCount: Int { transaction { $0.users.values.count(where: \.isAnonymous) } }

    /// When an account was last used, to the day.
    package func accessed(byUser id: String) -> Moment? { transaction { $0.users[id]?.accessed } }

    /// The ids of the accounts that `anonymousUserCount` counts, oldest first.
    package var anonymousUsers: [String] {
        transaction { $0.users.values.filter(\.isAnonymous).sorted { $0.serial < $1.serial }.map(\.id) }
    }

    package var sessionCount: Int { transaction { $0.sessions.count } }

    /// The ids of a user's sessions, oldest first.
    package func sessionIDs(ofUser id: String) -> [String] {
        transaction { $0.sessions(of: id).map(\.id) }
    }

    /// Ends one session, as its owner or an administrator would elsewhere.
    package func revokeSession(_ id: String) {
        transaction { $0.sessions[id] = nil }
    }

    package func revokeSessions(ofUser id: String) {
        transaction { $0.sessions = $0.sessions.filter { $0.value.userID != id } }
    }

    /// Blocks or unblocks; the sessions stay, and revive (contract, trap 21).
    package func setBlocked(_ isBlocked: Bool, user id: String) {
        transaction { $0.users[id]?.isActive = !isBlocked }
    }

    package func setLabels(_ labels: [String], user id: String) {
        transaction { $0.users[id]?.labels = labels }
    }

    package func setVerified(_ isVerified: Bool, user id: String) {
        transaction { $0.users[id]?.emailVerification = isVerified }
    }

    /// Gives the account a phone number, proved or not.
    package func setPhone(_ phone: String, isVerified: Bool, user id: String) {
        transaction { directory in
            directory.users[id]?.phone = phone
            directory.users[id]?.phoneVerification = isVerified
        }
    }

    package func setMFA(_ isOn: Bool, user id: String) {
        transaction { $0.users[id]?.mfa = isOn }
    }

    /// What was sent last to an address or a number.
    package func lastMessage(to receiver: String) -> Message? {
        transaction { $0.outbox.messages.last { $0.receiver == receiver } }
    }

    package func setMustResetPassword(_ must: Bool, user id: String) {
        transaction { $0.users[id]?.mustResetPassword = must }
    }

    /// The team is made where it is not there yet.
    package func join(team: String, as roles: [String] = [], user id: String) {
        transaction { $0.join(id, DemoTeam(team, roles: roles)) }
    }

    package func leave(team: String, user id: String) {
        transaction { directory in
            directory.memberships = directory.memberships.filter {
                $0.value.teamID != team || $0.value.userID != id
            }
        }
    }

    /// Connects the account with one of a provider's.
    package func connect(_ provider: String, user id: String) {
        transaction { directory in
            let identity = OAuthIdentity(
                id: directory.newID(),
                userID: id,
                provider: provider,
                providerUID: "uid-\(id)",
                providerEmail: "",
                created: directory.now
            )
            directory.identities.append(identity)
        }
    }

    /// Gives the account a session of another kind than it has, whose secret nobody is told.
    package func addSession(provider: String, user id: String) {
        transaction { directory in
            let secret = SessionSecret(userID: id, inner: directory.random.hex(256))
            let session = Session(
                id: directory.newID(),
                serial: directory.nextSerial(),
                userID: id,
                provider: provider,
                secretHash: secret.hash,
                created: directory.now,
                updated: directory.now,
                expire: directory.now.advanced(bySeconds: 31_536_000),
                address: "127.0.0.1",
                userAgent: UserAgent(text: ""),
                factors: []
            )
            directory.add(session)
        }
    }

    package func removeUser(_ id: String) {
        transaction { $0.removeUser(id) }
    }
}
