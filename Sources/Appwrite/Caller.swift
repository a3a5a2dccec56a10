import HTTPTypes

/// The visitor behind a call, as far as Appwrite is told.
///
/// The values come from a stranger's request. What is too long is cut, what has the wrong shape is not forwarded.
package struct Caller: Equatable, Sendable {
    /// As the browser sent it; becomes the session's device.
    ///
    /// Appwrite believes it only from a caller with an API key.
    package var userAgent: String?
    /// An IP address without port; becomes the session's place where Appwrite trusts `X-Forwarded-For`.
    package var address: String?
    /// A language tag such as `de` or `pt-br`; decides the language of mails and country names.
    package var locale: String?

    package init(userAgent: String? = nil, address: String? = nil, locale: String? = nil) {
        self.userAgent = userAgent
        self.address = address
        self.locale = locale
    }

    func addFields(to fields: inout HTTPFields, withKey: Bool) {
        if withKey, let userAgent, !userAgent.isEmpty {
            fields[.forwardedUserAgent] = String(userAgent.prefix(512))
        }
        if let address, address.utf8.count <= 45, address.utf8.allSatisfy(Self.isAddressByte),
            !address.isEmpty
        {
            fields[.forwardedFor] = address
        }
        if let locale, 2...16 ~= locale.utf8.count, locale.utf8.allSatisfy(Self.isLocaleByte) {
            fields[.appwriteLocale] = locale
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        "0123456789abcdefABCDEF:.".utf8.contains(byte)
    }

    private static func isLocaleByte(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }
}
