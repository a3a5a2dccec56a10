import HTTPTypes

extension HTTPField.Name {
    static let appwriteKey = name("X-Appwrite-Key")
    static let appwriteSession = name("X-Appwrite-Session")
    static let forwardedUserAgent = name("X-Forwarded-User-Agent")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a field name") }
        return name
    }
}

extension Browser {
    var sessionSecret: String? { cookies["a_session_testproject"] }
}
