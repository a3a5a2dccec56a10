extension Refusal {
    // The request as a whole (contract, section 1).
    static let unknownOrigin = Refusal(
        403,
        "general_unknown_origin",
        "Invalid Origin. Register it as a platform."
    )
    static let routeNotFound = Refusal(404, "general_route_not_found", "The requested route was not found.")
    static let projectNotFound = Refusal(
        404,
        "project_not_found",
        "Project with the requested ID was not found."
    )
    static let keyExpired = Refusal(401, "project_key_expired", "The project key has expired.")
    static let unauthorized = Refusal(401, "user_unauthorized", "The caller may not perform this action.")
    static let blocked = Refusal(403, "user_blocked", "The current user has been blocked.")
    static let passwordReset = Refusal(412, "user_password_reset_required", "A password reset is required.")
    static let moreFactors = Refusal(
        401,
        "user_more_factors_required",
        "More factors are required to complete the sign in process."
    )
    static let rateLimited = Refusal(
        429,
        "general_rate_limit_exceeded",
        "Rate limit for the current endpoint has been exceeded."
    )
    static let methodOff = Refusal(
        501,
        "user_auth_method_unsupported",
        "This way to sign in is switched off."
    )
    static let sessionExists = Refusal(
        401,
        "user_session_already_exists",
        "Creation of a session is prohibited when a session is active."
    )
    static let badRequest = Refusal(400, "general_bad_request", "There was an error processing your request.")
    static let smtpDisabled = Refusal(503, "general_smtp_disabled", "SMTP is disabled.")
    static let phoneDisabled = Refusal(503, "general_phone_disabled", "Phone messages are disabled.")
    static let queryInvalid = Refusal(400, "general_query_invalid", "The query's syntax is invalid.")

    static let cursorNotFound = Refusal(
        400,
        "general_cursor_not_found",
        "The cursor is invalid. This can happen if the item represented by the cursor has been deleted."
    )

    // Accounts, sessions, tokens.
    static let invalidCredentials = Refusal(
        401,
        "user_invalid_credentials",
        "Invalid credentials. Please check the email and password."
    )
    static let invalidToken = Refusal(401, "user_invalid_token", "Invalid token passed in the request.")
    static let userNotFound = Refusal(404, "user_not_found", "User with the requested ID was not found.")
    static let userExists = Refusal(
        409,
        "user_already_exists",
        "A user with the same id or email already exists in this project."
    )
    static let targetExists = Refusal(409, "user_target_already_exists", "A target with this value exists.")
    static let phoneExists = Refusal(
        409,
        "user_phone_already_exists",
        "A user with the same phone number already exists in the current project."
    )
    static let sessionNotFound = Refusal(404, "user_session_not_found", "The session was not found.")
    static let anonymousAtConsole = Refusal(
        401,
        "user_anonymous_console_prohibited",
        "Anonymous users cannot be created for the console project."
    )
    static let jwtInvalid = Refusal(401, "user_jwt_invalid", "The JWT token is invalid.")

    // Second factors.
    static let authenticatorVerified = Refusal(
        409,
        "user_authenticator_already_verified",
        "This authenticator is verified already."
    )
    static let authenticatorNotFound = Refusal(
        404,
        "user_authenticator_not_found",
        "There is no authenticator."
    )
    static let challengeRequired = Refusal(
        401,
        "user_challenge_required",
        "A recently succeeded challenge is required."
    )
    static let codesExist = Refusal(
        409,
        "user_recovery_codes_already_exists",
        "There are recovery codes already."
    )
    static let codesNotFound = Refusal(404, "user_recovery_codes_not_found", "There are no recovery codes.")
    static let emailNotFound = Refusal(400, "user_email_not_found", "The account has no e-mail address.")
    static let phoneNotFound = Refusal(400, "user_phone_not_found", "The account has no phone number.")
    static let phoneNotVerified = Refusal(400, "user_phone_not_verified", "The number is not verified.")
    static let emailAlreadyVerified = Refusal(409, "user_email_already_verified", "The address is verified.")
    static let phoneAlreadyVerified = Refusal(409, "user_phone_already_verified", "The number is verified.")
    static let emailExists = Refusal(
        409,
        "user_email_already_exists",
        "A user with the same email already exists in the current project."
    )
    static let emailNotVerified = Refusal(400, "user_email_not_verified", "The address is not verified.")

    // OAuth.
    static let identityNotFound = Refusal(404, "user_identity_not_found", "The identity was not found.")
    static let providerDisabled = Refusal(412, "project_provider_disabled", "This provider is disabled.")
    static let invalidSuccessURL = Refusal(
        400,
        "project_invalid_success_url",
        "Invalid redirect URL for OAuth success."
    )
    static let invalidFailureURL = Refusal(
        400,
        "project_invalid_failure_url",
        "Invalid redirect URL for OAuth failure."
    )
    static let providerBadRequest = Refusal(
        400,
        "user_oauth2_bad_request",
        "Failed to obtain access token from the OAuth2 provider."
    )
    static let providerError = Refusal(
        424,
        "user_oauth2_provider_error",
        "The OAuth2 provider returned an error."
    )
    static let serverError = Refusal(500, "general_server_error", "An internal error occurred.")

    // Teams.
    static let teamNotFound = Refusal(404, "team_not_found", "Team with the requested ID was not found.")
    static let teamExists = Refusal(409, "team_already_exists", "Team with the requested ID already exists.")
    static let membershipNotFound = Refusal(404, "membership_not_found", "The membership was not found.")
    static let membershipConfirmed = Refusal(
        409,
        "membership_already_confirmed",
        "Membership is already confirmed."
    )
    static let teamMismatch = Refusal(
        404,
        "team_membership_mismatch",
        "The membership does not belong to the team."
    )
}
