/// Reading and writing percent-encoded text: queries, forms, cookie values.
enum FormText {
    /// The fields of a query or form; `a[]=1&a[1]=2` makes a list, as in PHP.
    static func fields(_ text: some StringProtocol) -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = decoded(parts[0])
            let value = parts.count > 1 ? decoded(parts[1]) : ""
            if let bracket = name.firstIndex(of: "["), name.hasSuffix("]") {
                let list = fields[String(name[..<bracket])]?.list ?? []
                fields[String(name[..<bracket])] = .list(list + [.text(value)])
            } else {
                fields[name] = .text(value)
            }
        }
        return fields
    }

    /// Percent-decoded; what is no valid escape stays as it is.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = true) -> String {
        var bytes: [UInt8] = []
        let utf8 = Array(text.utf8)
        var position = 0
        while position < utf8.count {
            if utf8[position] == UInt8(ascii: "%"), position + 2 < utf8.count,
                let byte = UInt8(
                    String(decoding: utf8[position + 1...position + 2], as: UTF8.self),
                    radix: 16
                )
            {
                bytes.append(byte)
                position += 3
                continue
            }
            let isSpace = plusIsSpace && utf8[position] == UInt8(ascii: "+")
            bytes.append(isSpace ? UInt8(ascii: " ") : utf8[position])
            position += 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Percent-encoded but for the unreserved characters (RFC 3986 §2.3).
    static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if unreserved.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%" + Hex.text([byte]).uppercased()
            }
        }
        return result
    }

    /// `a=1&b=2` of fields in the order given.
    static func query(_ fields: [(String, String)]) -> String {
        fields.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
    }

    private static let unreserved = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".unicodeScalars
    )
}
