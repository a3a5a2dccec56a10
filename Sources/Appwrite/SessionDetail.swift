package import FoundationEssentials

/// One of a member's sessions, as the member may look at it.
///
/// Appwrite leaves unknown things blank, and so does this.
package struct SessionDetail: Sendable, Equatable {
    package let id: String
    package let userID: String
    /// `email`, `anonymous`, `token`, `magic-url`, `phone` or an OAuth provider's name.
    package let provider: String
    package let ip: String
    /// `Windows`, `Mac`, `iOS`, ….
    package let osName: String
    /// The browser: `Firefox`, `Chrome Mobile`, ….
    package let clientName: String
    /// The kind of device: `desktop`, `smartphone`, ….
    package let deviceName: String
    /// In the language that was asked for.
    package let countryName: String
    package let createdAt: Date?
    package let expire: Date
    package let factors: [String]
    /// When a second factor was shown last; nil where none was.
    package let mfaUpdatedAt: Date?
    /// This is the session that asks.
    package let current: Bool
}

extension SessionDetail: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try AnswerFields(decoder)
        id = try fields.required("$id")
        userID = try fields.text("userId")
        provider = try fields.text("provider")
        ip = try fields.text("ip")
        osName = try fields.text("osName")
        clientName = try fields.text("clientName")
        deviceName = try fields.text("deviceName")
        countryName = try fields.text("countryName")
        createdAt = try fields.date("$createdAt")
        expire = try fields.required("expire", as: Timestamp.self).date
        factors = try fields.texts("factors")
        mfaUpdatedAt = try fields.date("mfaUpdatedAt")
        current = try fields.flag("current")
    }
}

/// The list as Appwrite wraps it.
struct SessionList: Decodable {
    let sessions: [SessionDetail]
}
