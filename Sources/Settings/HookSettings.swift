/// One entry of `hooks`: a web address that is told what happens with identity, or asked whether it may.
package struct HookSettings: Hashable, Sendable {
    /// What a hook can be for.
    package enum Event: String, Sendable, CaseIterable {
        case signIn = "sign_in"
        case signUp = "sign_up"
        case signOut = "sign_out"
        /// A guest was given a session.
        case guest
        /// A guest's account became a member's.
        case converted
        /// Somebody was not let in.
        case refused
        case rateLimited = "rate_limited"
        case sessionRevoked = "session_revoked"
        /// The server serves another release.
        case published
        /// Asked before a session is handed out, and may refuse.
        case authorize
    }

    /// What counts where an `authorize` hook gives no answer.
    package enum OnFailure: String, Sendable, CaseIterable {
        case deny, allow
    }

    /// `name`: what messages and the spool call it; the address's host unless said otherwise.
    ///
    /// Letters, digits, `-`, `_` and `.`, and no two hooks have the same.
    package var name: String
    /// `url`: where it is told; https, or http on this machine.
    package var url: String
    /// `events`: of what.
    package var events: Set<Event>
    /// `secret`: what deliveries are signed with.
    package var secret: SecretSetting
    /// `previous_secret`: what they are signed with as well, while the receiver changes over.
    package var previousSecret: SecretSetting?
    /// `timeout`: how long it may take to answer, in milliseconds, up to a minute.
    package var timeout: Int
    /// `on_failure`: what an `authorize` hook that does not answer in time, or not as it should, counts as.
    package var onFailure: OnFailure

    package init(
        name: String,
        url: String,
        events: Set<Event>,
        secret: SecretSetting,
        previousSecret: SecretSetting? = nil,
        timeout: Int = defaultTimeout,
        onFailure: OnFailure = .deny
    ) {
        self.name = name
        self.url = url
        self.events = events
        self.secret = secret
        self.previousSecret = previousSecret
        self.timeout = timeout
        self.onFailure = onFailure
    }

    package static let defaultTimeout = 5000
}

/// `audit`: the log of everything that happens with identity.
package struct AuditSettings: Hashable, Sendable {
    /// `file`: where its lines are appended, from the site's folder on; nil for none.
    package var file: String?

    package init(file: String? = nil) {
        self.file = file
    }
}
