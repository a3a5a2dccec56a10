import Appwrite
import Gate
import HTTPTypes

extension Problem {
    /// What a failed call to Appwrite means for the visitor on whose behalf it was made.
    init(_ failure: AppwriteFailure) {
        self =
            switch failure {
            case .invalidCredentials: .wrongPassword
            case .invalidToken: .wrongToken
            case .sessionGone: .signInNeeded
            case .moreFactorsRequired: .secondFactor
            case .challengeRequired: .secondFactorAgain
            case .blocked: .blocked
            case .passwordResetRequired: .passwordReset
            case .rateLimited(let seconds): Problem.tooManyRequests.retrying(after: seconds ?? 60)
            case .argumentInvalid, .conflict, .addressMissing: .notAccepted
            case .providerDisabled, .providerUnsupported, .methodOff, .full: .switchedOff
            case .unavailable, .cancelled: .unavailable(retryAfter: 5)
            default: .misconfigured
            }
    }

    static let wrongPassword = Problem(
        .unauthorized,
        "invalid_credentials",
        "That did not work",
        "The e-mail address or the password is wrong."
    )
    static let wrongToken = Problem(
        .unauthorized,
        "invalid_token",
        "That link does not work any more",
        "It was used already or is too old. Sign in once more."
    )
    /// One text for every reason: which e-mail addresses have accounts is nobody's business.
    static let notAccepted = Problem(
        .badRequest,
        "not_accepted",
        "That did not work",
        "Check the e-mail address, and choose a password of at least eight characters that is not a common one. If you already have an account, sign in instead."
    )
    static let switchedOff = Problem(
        .notImplemented,
        "switched_off",
        "This way in is closed",
        "This site offers no sign-in of that kind at the moment."
    )
    /// For the operator's mistakes; the log names them.
    static let misconfigured = Problem(
        .serviceUnavailable,
        "misconfigured",
        "Signing in does not work right now",
        "This is a mistake of the site's, not yours, and it has been noted."
    ).retrying(after: 60)
}
