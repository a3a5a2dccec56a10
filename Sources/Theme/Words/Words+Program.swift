extension Words {
    /// The words that the program itself looks for: in Markdown, dates, lists, and on the server's pages.
    ///
    /// A theme that does not say them gets English ones.
    package static let programNames: Set<String> = Set(
        [
            "footnotes", "back_to_reference", "link_to_heading", "note", "tip", "important", "warning",
            "caution", "months", "date", "pages", "sign_in", "sign_up", "account", "signed_out", "one_moment",
            "unknown_device", "delete_account", "account_deleted", "just_now", "minutes_ago", "hours_ago",
            "days_ago", "months_ago", "years_ago", "done_name", "done_email", "done_phone",
            "done_mail_sent", "done_code_sent", "done_verified", "done_recovered", "look_into_your_mail",
            "verify_email", "forgot_password", "choose_password", "code_of_email", "code_of_phone",
            "done_password", "done_end_others", "done_disconnect", "done_feeds", "done_feeds_off",
            "done_authenticator",
            "done_authenticator_removed", "done_second_factor_on", "done_second_factor_off",
            "way_email", "way_magic_url", "way_token", "way_phone", "second_factor", "set_up_authenticator",
            "recovery_codes", "or", "lack_label", "lack_team",
            "lack_verification", "lack_second_factor", "lack_one_of", "fact_label", "fact_team", "fact_role",
            "fact_email", "fact_verified", "fact_second_factor", "second_factor_for_page_message",
        ] + problems.flatMap { ["\($0)_title", "\($0)_message"] } + refusals.map { "\($0)_message" }
    )

    /// What may go wrong for a visitor, by the words that programs are told.
    package static let problems = [
        "malformed", "not_found", "sign_in_needed", "session_expired", "account_deleted", "session_ended",
        "session_lost", "second_factor_needed", "not_allowed", "blocked",
        "password_reset_needed", "too_large", "too_slow", "form_refused", "rate_limited", "internal_error",
        "method_not_allowed", "unavailable", "refused", "invalid_credentials", "invalid_token",
        "not_accepted", "address_needed", "number_needed", "no_account", "switched_off", "misconfigured",
        "oauth_not_started_here", "oauth_failed",
        "wrong_password", "password_refused", "passwords_busy", "password_first", "name_refused",
        "email_refused", "phone_refused", "last_way_in", "not_confirmed",
        "second_factor_again", "code_refused", "factor_unavailable", "factor_not_counted",
        "authenticator_exists", "authenticator_first",
    ]

    /// Why a provider does not sign a visitor in, by Appwrite's types of errors.
    package static let refusals = [
        "user_oauth2_provider_error", "user_oauth2_bad_request", "user_oauth2_unauthorized",
        "project_provider_disabled", "user_already_exists", "user_unauthorized", "general_bad_request",
        "user_blocked",
    ]
}
