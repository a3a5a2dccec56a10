package import FoundationEssentials

/// A mail or text message that is on its way with what opens a session, or proves an address.
///
/// With the key Appwrite would also tell the secret; it is not read: whoever gets the message brings it.
package struct LoginToken: Sendable, Equatable {
    /// Whom it is for; a new account's, where nobody had the address.
    package let userID: String
    package let expire: Date
}

extension LoginToken: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        userID = try fields.required("userId")
        expire = try fields.required("expire", as: Timestamp.self).date
    }
}
