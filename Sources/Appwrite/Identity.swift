package import FoundationEssentials

/// A provider's account that a member signs in with.
package struct Identity: Sendable, Equatable {
    package let id: String
    /// `github`, `google`, ….
    package let provider: String
    /// The provider's id of it.
    package let providerUID: String
    package let providerEmail: String
    package let createdAt: Date?
}

extension Identity: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        provider = try fields.text("provider")
        providerUID = try fields.text("providerUid")
        providerEmail = try fields.text("providerEmail")
        createdAt = try fields.date("$createdAt")
    }
}

/// The list as Appwrite wraps it.
struct IdentityList: Decodable {
    let identities: [Identity]
}
