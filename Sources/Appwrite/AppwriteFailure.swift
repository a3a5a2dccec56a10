/// Why Appwrite did not do what was asked.
///
/// Sorted by what a caller does about it, from Appwrite's error `type` and the status. No text holds a password, a
/// key, a session secret or a token.
package enum AppwriteFailure: Error, Equatable, Sendable {
    /// The session is deleted, expired, forged or another project's: Appwrite does not say which.
    ///
    /// Only the session client and only 401 `general_unauthorized_scope` bring this, so it means: clear the cookie.
    case sessionGone
    /// The API key is unknown, expired or lacks a scope; an operator must act.
    case keyRefused(String)
    /// A session was made and its secret is blank: Appwrite took the caller for one without a key.
    case emptySecret
    /// Wrong e-mail or password; Appwrite does not say which.
    case invalidCredentials
    /// The token is unknown, used up or too old, or belongs to another user; Appwrite does not say which.
    case invalidToken
    /// The session is good and waits for a second factor.
    case moreFactorsRequired
    /// The session is good; what was asked is answered only soon after a challenge for a second factor.
    case challengeRequired
    /// The account is blocked; its sessions stay, and revive when it is unblocked.
    case blocked
    /// The operator demands a new password before anything else.
    case passwordResetRequired
    /// Someone else has this e-mail, phone or id, or what was asked has been done before.
    case conflict
    /// The account has no proved e-mail address or phone number, and what was asked needs one.
    case addressMissing
    /// The project takes no more accounts.
    case full
    /// A session came along with a call that makes one; never from the clients of this room.
    case alreadySignedIn
    /// Too many calls of this kind; the seconds to wait, where Appwrite says them.
    case rateLimited(retryAfter: Int?)
    /// A value was refused; Appwrite's own sentence, fit to be shown to who typed it.
    case argumentInvalid(String)
    /// There is no such project at this endpoint.
    case projectNotFound
    /// The OAuth provider is known and switched off in the project.
    case providerDisabled
    /// Appwrite knows no OAuth provider of this name.
    case providerUnsupported
    /// The site's host name is not among the project's platforms.
    case originRefused
    /// This way of signing in is switched off, or its mail or SMS service is not set up.
    case methodOff
    /// The session, user or team is not there.
    case notFound
    /// Appwrite did not answer, answered too late, or with something that is not its own; nothing is known.
    case unavailable(String)
    /// The task that asked was cancelled.
    case cancelled
    /// Appwrite said something that this room has no word for.
    case unexpected(status: Int, type: String)
}

extension AppwriteFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .sessionGone: "the session is gone"
        case .keyRefused(let why): "Appwrite refused the API key: \(why)"
        case .emptySecret:
            "Appwrite made a session and kept its secret: the API key is missing or unknown to this project, or lacks "
                + "the scope sessions.write"
        case .invalidCredentials: "wrong e-mail or password"
        case .invalidToken: "the token is not valid, or not any more"
        case .moreFactorsRequired: "a second factor is required"
        case .challengeRequired: "a second factor must be shown again first"
        case .addressMissing: "the account has no proved address for that"
        case .full: "the project takes no more accounts"
        case .blocked: "the account is blocked"
        case .passwordResetRequired: "the password must be reset"
        case .conflict: "it exists already"
        case .alreadySignedIn: "there is a session already"
        case .rateLimited(let seconds):
            "Appwrite's rate limit is reached" + (seconds.map { " for \($0) s" } ?? "")
        case .argumentInvalid(let message): "Appwrite refused a value: \(message)"
        case .projectNotFound: "Appwrite knows no such project"
        case .providerDisabled: "the OAuth provider is switched off in the project"
        case .providerUnsupported: "Appwrite knows no such OAuth provider"
        case .originRefused: "the site's host name is not among the project's platforms"
        case .methodOff: "this way of signing in is switched off in the project"
        case .notFound: "not found"
        case .unavailable(let why): "Appwrite is not available: \(why)"
        case .cancelled: "cancelled"
        case .unexpected(let status, let type): "unexpected answer \(status) \(type)"
        }
    }
}
