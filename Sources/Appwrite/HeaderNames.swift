import HTTPTypes

extension HTTPField.Name {
    static let appwriteProject = named("X-Appwrite-Project")
    static let appwriteKey = named("X-Appwrite-Key")
    static let appwriteSession = named("X-Appwrite-Session")
    static let appwriteResponseFormat = named("X-Appwrite-Response-Format")
    static let appwriteLocale = named("X-Appwrite-Locale")
    static let forwardedUserAgent = named("X-Forwarded-User-Agent")
    static let forwardedFor = named("X-Forwarded-For")
    static let rateLimitReset = named("X-RateLimit-Reset")

    /// Every name above is a valid one, which the tests show by seeing them on the wire.
    private static func named(_ text: String) -> HTTPField.Name {
        HTTPField.Name(text) ?? .userAgent
    }
}
