import HTTPTypes

/// What may go wrong with the forms of the account page.
extension Problem {
    /// Whether it is about what was typed into a form, and is told on the form's own page.
    var isOfForm: Bool {
        (400..<500).contains(status.code) && status != .unauthorized && status != .notFound
            && !["blocked", "password_reset_needed"].contains(code)
    }

    static let wrongOwnPassword = Problem(
        .forbidden,
        "wrong_password",
        "That did not work",
        "That is not your password."
    )
    static let passwordRefused = Problem(
        .badRequest,
        "password_refused",
        "That password cannot be taken",
        "Choose one of at least eight characters that is not a common one, not one that you had before, and not made of your name or address."
    )
    static let passwordsBusy = Problem(
        .tooManyRequests,
        "passwords_busy",
        "Not just now",
        "Many members have changed their passwords within the last hour, and no more of that is taken for the moment. Yours is the same as before; try again later."
    )
    static let passwordFirst = Problem(
        .conflict,
        "password_first",
        "A password is needed first",
        "Your account has no password yet. Choose one, and then try again."
    )
    static let nameRefused = Problem(
        .badRequest,
        "name_refused",
        "That name cannot be taken",
        "A name has at most 128 characters."
    )
    /// One text for every reason: which e-mail addresses have accounts is nobody's business.
    static let emailRefused = Problem(
        .badRequest,
        "email_refused",
        "That address cannot be taken",
        "This e-mail address cannot be used for your account. Look whether it is spelled right, or take another."
    )
    /// One text for every reason, as with addresses.
    static let phoneRefused = Problem(
        .badRequest,
        "phone_refused",
        "That number cannot be taken",
        "This phone number cannot be used for your account. It begins with + and the code of its country; look whether it is right, or take another."
    )
    static let lastWayIn = Problem(
        .conflict,
        "last_way_in",
        "That is your only way in",
        "Without this connection you could not sign in any more. Choose a password first."
    )
    static let notConfirmed = Problem(
        .badRequest,
        "not_confirmed",
        "Nothing was deleted",
        "What you typed is not what was asked for."
    )
}

/// What may go wrong with second factors.
extension Problem {
    static let secondFactorAgain = Problem(
        .unauthorized,
        "second_factor_again",
        "Show your second factor again",
        "This asks for a second factor that was shown within the last half hour."
    )
    static let codeRefused = Problem(
        .forbidden,
        "code_refused",
        "That code did not work",
        "The code is wrong, was used already, or is too old."
    )
    static let factorUnavailable = Problem(
        .conflict,
        "factor_unavailable",
        "Not that way",
        "Your account has no such second factor, or it was the first one. Choose another."
    )
    static let factorNotCounted = Problem(
        .conflict,
        "factor_not_counted",
        "One more is needed",
        "The code was right, but it is of the kind that you signed in with. Choose another."
    )
    static let authenticatorExists = Problem(
        .conflict,
        "authenticator_exists",
        "There is an authenticator app already",
        "Remove the one that is set up before you set up another."
    )
    static let authenticatorFirst = Problem(
        .conflict,
        "authenticator_first",
        "An authenticator app is needed first",
        "Set one up before a second factor is asked for at every sign-in; else you could lock yourself out."
    )
}
