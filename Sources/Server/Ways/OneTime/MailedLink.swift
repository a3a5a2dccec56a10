import Ground
import HTTPTypes
import Hummingbird
import Theme

/// The page to which a mailed link leads: a button does what the link is for.
///
/// Programs that look at the links of a mail push no buttons, so they use nothing up and prove nothing.
struct MailedLink: Sendable {
    enum Kind: String, Sendable {
        case signIn = "sign_in"
        case verification
    }

    let kind: Kind
    let action: PagePath
    /// Whose link it is, where that is known.
    var receiver = ""
    let userID: String
    let secret: Secret
    let use: FormToken.Use
}

extension Desk {
    func page(_ link: MailedLink, _ arrival: Arrival) throws -> Response {
        guard !link.userID.isEmpty, !link.secret.revealed.isEmpty else { throw Problem.wrongToken }
        let language = language(of: arrival)
        let page = FormPage(
            template: "mailed-link",
            title: link.kind == .signIn
                ? ("sign_in", "Sign in") : ("verify_email", "Verify your e-mail address"),
            use: link.use,
            form: [
                "action": .text(way(to: link.action, in: language)), "user_id": .text(link.userID),
                "secret": .text(link.secret.revealed),
            ],
            values: [link.kind.rawValue: true, "receiver": .text(link.receiver)]
        )
        var response = try self.page(page, arrival, in: language)
        // The address of this page holds the secret; it is told to nobody.
        response.headers[.referrerPolicy] = "no-referrer"
        return response
    }
}

extension String {
    /// For a value in a query: all but the unreserved characters is escaped (RFC 3986 §2.3).
    var queryEncoded: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    /// An address with more in its query.
    func adding(_ fields: [(String, String)]) -> String {
        let query = fields.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        return "\(self)\(contains("?") ? "&" : "?")\(query)"
    }
}
