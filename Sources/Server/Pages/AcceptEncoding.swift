package import Ground

/// Which content codings a browser takes, and how gladly (RFC 9110 §12.5.3).
package struct AcceptEncoding: Sendable {
    /// In thousandths, by lower-case name; `*` stands for all that are not named.
    private var weights: [String: Int] = [:]

    /// Takes the field's value; nil where it was not sent.
    ///
    /// Without the field any coding may be sent, and programs that do not send it seldom understand one: they get none.
    /// A member that is malformed is passed over.
    package init(_ text: String?) {
        for member in (text ?? "").split(separator: ",") {
            let parts = member.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingSpaces)
            guard let name = parts.first, let weight = Self.weight(parts.dropFirst()) else { continue }
            let coding = name.lowercased()
            // RFC 9110 §8.4.1.3: an old name of gzip.
            let known = coding == "x-gzip" ? "gzip" : coding
            if weights[known] == nil { weights[known] = weight }
        }
    }

    /// In thousandths; 0 where the coding must not be sent.
    package func weight(of coding: ContentCoding) -> Int { weights[coding.rawValue] ?? weights["*"] ?? 0 }

    /// The weight of bytes as they are; nil where nothing is said of them, which makes them the last choice.
    package var identityWeight: Int? { weights["identity"] ?? weights["*"] }
}

extension AcceptEncoding {
    /// RFC 9110 §12.4.2: nothing, or `q=` and a number from 0 to 1 of at most three places.
    private static func weight(_ parameters: ArraySlice<Substring>) -> Int? {
        guard let parameter = parameters.first else { return 1000 }
        guard parameters.count == 1, parameter.lowercased().hasPrefix("q=") else { return nil }
        let digits = Array(parameter.dropFirst(2).utf8)
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1") else {
            return nil
        }
        let places = digits.dropFirst(2)
        guard digits.count == 1 || digits[1] == UInt8(ascii: "."), places.count <= 3,
            places.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let scale = [100, 10, 1]
        let weight = Int(first - 0x30) * 1000 + zip(places, scale).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
        return weight <= 1000 ? weight : nil
    }
}
