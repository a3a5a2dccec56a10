import FoundationEssentials

/// The body of an error: `{message, code, type, version}`, or from the OAuth routes a page of HTML with the same in it.
struct ErrorBody {
    let type: String
    let message: String

    /// Returns nil where the body is not Appwrite's.
    init?(_ bytes: [UInt8], mayBeHTML: Bool) {
        if let body = try? JSONDecoder().decode(Fields.self, from: Data(bytes)) {
            // A body that does not decode is somebody else's, a proxy's as a rule; the page below is the one exception.
            (type, message) = (body.type, body.message ?? "")
            return
        }
        guard mayBeHTML else { return nil }
        let page = String(decoding: bytes, as: UTF8.self)
        guard let type = Self.typesInPages.first(where: page.contains) else { return nil }
        (self.type, message) = (type, Self.words(of: page))
    }

    /// What the page shows: without tags, styles and scripts, with single spaces.
    private static func words(of page: String) -> String {
        page.split(separator: "<")
            .filter { !$0.hasPrefix("style") && !$0.hasPrefix("script") && !$0.hasPrefix("title") }
            .map { $0.drop { $0 != ">" }.dropFirst() }
            .joined(separator: " ")
            .split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    private struct Fields: Decodable {
        let type: String
        let message: String?
    }

    /// What the start of an OAuth flow can be refused with.
    private static let typesInPages = [
        "project_provider_disabled", "project_provider_unsupported", "project_not_found",
        "project_key_expired",
        "general_unauthorized_scope", "user_unauthorized", "general_unknown_origin",
        "general_argument_invalid",
        "user_auth_method_unsupported", "general_rate_limit_exceeded", "general_service_disabled",
    ]
}
