import HTTPTypes

/// Why somebody is asked to sign in who was signed in here.
package enum SessionEnd: String, Sendable, CaseIterable {
    /// Its time was over.
    case expired
    /// The account is gone.
    case deleted
    /// It was ended on another device, by an operator, or by a new password.
    case elsewhere
    /// It was given a moment ago, and did not come back.
    case lost
}

extension Problem {
    /// The same as `signInNeeded`, but for somebody who was signed in.
    package static func signedOut(by end: SessionEnd) -> Problem {
        var problem =
            switch end {
            case .expired:
                Problem(
                    .unauthorized,
                    "session_expired",
                    "You were signed in for long enough",
                    "Your session has expired. Sign in again to go on."
                )
            case .deleted:
                Problem(
                    .unauthorized,
                    "account_deleted",
                    "Your account is gone",
                    "The account that you were signed in with was deleted."
                )
            case .elsewhere:
                Problem(
                    .unauthorized,
                    "session_ended",
                    "You were signed out",
                    "Your session was ended on another device, or by whoever runs this site. Sign in again to go on."
                )
            case .lost:
                Problem(
                    .unauthorized,
                    "session_lost",
                    "You signed in, and it got lost",
                    "You signed in a moment ago, but your browser did not bring the session's cookie along. Something keeps it back: a setting or an extension of the browser, or a proxy on the way. Signing in again will not help before that is changed."
                )
            }
        problem.end = end
        return problem
    }
}
