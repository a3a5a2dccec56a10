package import HTTPTypes

/// The cookies of a request (RFC 6265bis §5.8.3), read leniently: what is no cookie is passed over.
package struct Cookies: Sendable {
    private let pairs: [(name: Substring, value: Substring)]
    private static let most = 8

    /// HTTP/2 may send several `Cookie` fields (RFC 9113 §8.2.3).
    package init(_ fields: HTTPFields) {
        pairs = fields[values: .cookie].flatMap { field in
            // By bytes: as characters a Greek question mark (U+037E) and a semicolon are the same to Swift.
            field.utf8.split(separator: UInt8(ascii: ";"), maxSplits: 200).compactMap { pair in
                let parts = pair.split(
                    separator: UInt8(ascii: "="),
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                guard parts.count == 2 else { return nil }
                return (Substring(parts[0]).trimmingSpaces, Substring(parts[1]).trimmingSpaces)
            }
        }
    }

    /// The values that were sent under this name, in the order sent, without the quotes that some put around them.
    ///
    /// No more than the first few: a browser has one or two, and each costs a signature or a question.
    package subscript(name: String) -> [String] {
        pairs.lazy.filter { $0.name.utf8.elementsEqual(name.utf8) }.prefix(Self.most).map { pair in
            let value = pair.value
            let isQuoted = value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
            return String(isQuoted ? value.dropFirst().dropLast() : value)
        }
    }

    /// All of them, in the order sent.
    var all: [(name: String, value: String)] { pairs.map { (String($0.name), String($0.value)) } }
}
