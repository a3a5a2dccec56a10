import FoundationEssentials
import Ground
import HTTPTypes
import Transfer

/// An answer of Appwrite that is not a success, and the failure it stands for.
struct Refusal {
    private let status: Int
    private let fields: HTTPFields
    private let call: Call
    private let credential: Credential
    /// Appwrite's error `type`; nil where the answer is not Appwrite's.
    private let type: String?
    /// Appwrite's, or what its error page says; one line without secrets, and not cut yet.
    private let message: String

    init(_ response: TransferResponse, to call: Call, with credential: Credential) {
        status = response.head.status.code
        fields = response.head.headerFields
        self.call = call
        self.credential = credential
        let body = ErrorBody(response.body, mayBeHTML: call.path.contains("/oauth2/"))
        type = body?.type
        message = Self.clean(body?.message ?? "", without: call.secrets)
    }

    /// `now` tells how long the wait is where Appwrite names its end.
    func failure(now: Date) -> AppwriteFailure {
        if status == 429 { return .rateLimited(retryAfter: secondsToWait(now: now)) }
        guard let type else { return .unavailable("status \(status) and no error of Appwrite's: \(hint)") }
        return byType(type) ?? byStatus(type)
    }
}

extension Refusal {
    private func byType(_ type: String) -> AppwriteFailure? {
        switch type {
        case "general_unauthorized_scope", "user_unauthorized", "project_key_expired": unauthorized(type)
        case "user_invalid_credentials": .invalidCredentials
        case "user_invalid_token", "user_invalid_code": .invalidToken
        case "user_more_factors_required": .moreFactorsRequired
        case "user_challenge_required": .challengeRequired
        case "user_email_not_found", "user_email_not_verified", "user_phone_not_found",
            "user_phone_not_verified":
            .addressMissing
        case "user_count_exceeded": .full
        case "user_session_already_exists": .alreadySignedIn
        case "user_blocked": .blocked
        case "user_password_reset_required": .passwordResetRequired
        case "general_argument_invalid": argument
        case "general_bad_request": call.claimsEmail ? .conflict : .argumentInvalid(brief)
        case "user_password_recently_used", "user_password_personal_data", "password_recently_used",
            "password_personal_data", "user_password_mismatch", "general_invalid_email",
            "user_email_disposable",
            "user_email_free", "user_email_not_canonical", "user_email_not_corporate",
            "general_invalid_phone":
            .argumentInvalid(brief)
        case "project_not_found": .projectNotFound
        case "project_provider_disabled": .providerDisabled
        case "project_provider_unsupported": .providerUnsupported
        case "general_unknown_origin", "project_invalid_success_url", "project_invalid_failure_url":
            .originRefused
        case "user_auth_method_unsupported", "general_smtp_disabled", "general_phone_disabled": .methodOff
        case "general_service_disabled", "general_api_disabled":
            .unavailable("the service is switched off in the project")
        case "general_route_not_found": .unexpected(status: status, type: type)
        default: nil
        }
    }

    private func byStatus(_ type: String) -> AppwriteFailure {
        switch status {
        case 404: .notFound
        case 409: .conflict
        case 408, 500...599: .unavailable("status \(status), \(type)")
        default: .unexpected(status: status, type: type)
        }
    }

    /// The same 401 means a dead session from one client, and a misconfigured key from the other.
    private func unauthorized(_ type: String) -> AppwriteFailure {
        switch (credential, type) {
        case (.session, "general_unauthorized_scope"): .sessionGone
        case (.key, "general_unauthorized_scope"): .keyRefused("it lacks a scope; Appwrite says: \(brief)")
        case (.key, "project_key_expired"): .keyRefused("it has expired")
        case (.key, _): .keyRefused("this project does not know it")
        default: .unexpected(status: status, type: type)
        }
    }

    /// Two wrong values have an operator's mistake behind them, and only the message tells.
    private var argument: AppwriteFailure {
        // Of Appwrite's validators for URLs, one speaks of the console, the other lists the hosts.
        if message.contains("Register your new client") || message.contains("URL host must be one of") {
            return .originRefused
        }
        return message.contains("Invalid `provider` param") ? .providerUnsupported : .argumentInvalid(brief)
    }

    private var hint: String {
        switch status {
        case 300...399: "a redirect; is the scheme of the endpoint right?"
        case 500...599: "a proxy or Appwrite itself is down"
        default: "is this Appwrite's address?"
        }
    }

    /// At most a day; nil where nobody says.
    private func secondsToWait(now: Date) -> Int? {
        if let seconds = fields[.retryAfter].flatMap({ Int($0) }) { return min(max(seconds, 1), 86_400) }
        guard let reset = fields[.rateLimitReset].flatMap({ Double($0) }), reset.isFinite else { return nil }
        return Int(min(max((reset - now.timeIntervalSince1970).rounded(.up), 1), 86_400))
    }

    private var brief: String { String(message.prefix(300)) }

    /// One line in which no secret of the call stands.
    private static func clean(_ text: String, without secrets: [Secret]) -> String {
        var line = String(
            text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : Character($0) }
        )
        for secret in secrets where !secret.isEmpty {
            line = line.split(separator: secret.revealed, omittingEmptySubsequences: false).joined(
                separator: "<hidden>"
            )
        }
        return line
    }
}
