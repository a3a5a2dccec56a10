import Ground
import HTTPTypes

/// One question to Appwrite, before it is spelled as HTTP.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// Below the endpoint, beginning with `/`; every variable segment has passed `Identifier`.
    let path: String
    /// In order; encoded by `target`.
    var query: [(name: String, value: String)] = []
    /// Sent as a JSON object; nil for none.
    var body: [String: Field]?
    /// What must not come back in a message.
    var secrets: [Secret] = []
    var caller = Caller()
    /// 400 `general_bad_request` means that someone else has the e-mail.
    var claimsEmail = false

    /// A field of the body.
    enum Field: Encodable, Sendable, Equatable, ExpressibleByStringLiteral {
        case text(String)
        case flag(Bool)
        case table(JSONObject)

        init(stringLiteral value: String) { self = .text(value) }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .flag(let flag): try container.encode(flag)
            case .table(let table): try container.encode(table)
            }
        }
    }

    init(_ method: HTTPRequest.Method, _ path: String) {
        self.method = method
        self.path = path
    }

    /// Path and query.
    var target: String {
        guard !query.isEmpty else { return path }
        return path + "?"
            + query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    /// Everything but unreserved characters (RFC 3986 §2.3) as percent and two digits.
    private static func encoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
    }
}
