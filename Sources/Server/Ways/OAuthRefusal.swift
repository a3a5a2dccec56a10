import FoundationEssentials
import HTTPTypes

/// Why a sign-in by way of a provider failed, as Appwrite puts it into the return address: JSON with a `type`.
struct OAuthRefusal: Sendable {
    /// One of Appwrite's types, or `unknown`.
    ///
    /// A stranger can put anything there, so only what is on our list is repeated.
    let type: String

    init(_ text: String?) {
        struct Reported: Decodable { let type: String }
        let reported = text.flatMap { try? JSONDecoder().decode(Reported.self, from: Data($0.utf8)) }
        type = reported.map(\.type).flatMap { Self.reasons[$0] == nil ? nil : $0 } ?? "unknown"
    }

    var problem: Problem {
        var problem = Problem(
            .unauthorized,
            "oauth_failed",
            "The provider did not sign you in",
            Self.reasons[type]
                ?? "The provider or you refused, or something went wrong on the way. You can try again."
        )
        if Self.reasons[type] != nil { problem.reason = type }
        return problem
    }

    private static let reasons = [
        "user_oauth2_provider_error": "You refused, or the provider reported an error. You can try again.",
        "user_oauth2_bad_request": "The provider did not accept the request. Ask whoever runs this site.",
        "user_oauth2_unauthorized": "The provider did not let you in.",
        "project_provider_disabled": "This provider is switched off for this site.",
        "user_already_exists": "There is an account already that is signed in to in another way.",
        "user_unauthorized": "The provider did not tell an e-mail address, and this site needs one.",
        "general_bad_request": "There is an account already that is signed in to in another way.",
        "user_blocked": "Your account is blocked.",
    ]
}
