import HTTPTypes

/// The fields of a posted form, or of a JSON object posted in its place.
package struct FormBody: Sendable {
    /// How it was sent; the two are guarded differently against forgery.
    package enum Encoding: Sendable {
        case form
        case json
    }

    package let encoding: Encoding
    private let values: [String: String]

    /// The most that any of our forms holds, in bytes.
    package static let limit = 16 * 1024

    /// - Throws: `Problem.malformed` where it is neither kind, or is not what it says.
    package init(_ bytes: [UInt8], contentType: String?) throws(Problem) {
        // By bytes, as all that is taken apart here: to Swift a Greek question mark (U+037E) is a semicolon.
        let type = contentType?.utf8.split(separator: UInt8(ascii: ";")).first
            .map { Substring($0).trimmingSpaces.lowercased() }
        switch type {
        case "application/x-www-form-urlencoded":
            encoding = .form
            values = try Self.fields(of: bytes)
        case "application/json":
            encoding = .json
            values = try Self.jsonFields(of: bytes)
        default:
            throw Problem(
                .unsupportedMediaType,
                "media_type",
                "Not that kind of form",
                "Send application/x-www-form-urlencoded or application/json."
            )
        }
    }

    /// The field's text, or nil where it was not sent.
    ///
    /// Of a field sent twice the first counts.
    package subscript(name: String) -> String? { values[name] }

    /// Decodes `%41` (and `+`, in forms) once; nil where an escape is cut or the bytes are not UTF-8.
    package static func percentDecoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next(), let low = rest.next(),
                    let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16),
                    high != UInt8(ascii: "+"), high != UInt8(ascii: "-")
                else { return nil }
                bytes.append(value)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The fields of a query string or a form body; those that cannot be decoded are passed over.
    package static func query(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for pair in text.utf8.split(separator: UInt8(ascii: "&"), maxSplits: 100) {
            let parts = pair.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            ).map(Substring.init)
            guard let name = percentDecoded(parts[0], plusIsSpace: true),
                let value = percentDecoded(parts.count == 2 ? parts[1] : "", plusIsSpace: true),
                values[name] == nil
            else { continue }
            values[name] = value
        }
        return values
    }
}

extension FormBody {
    private static func fields(of bytes: [UInt8]) throws(Problem) -> [String: String] {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed }
        let values = query(text)
        guard values.values.allSatisfy({ !$0.utf8.contains(0) }) else { throw .malformed }
        return values
    }
}
