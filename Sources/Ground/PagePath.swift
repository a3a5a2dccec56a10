/// The address of a page on the site, as a visitor asks for it.
///
/// Always begins with `/`, is already percent-decoded, and has no empty, `.` or `..` segment, no `\`, no `%`, `?`
/// or `#`, and no control or format character. It may end with `/`. The inner rooms therefore cannot hold a bad path, and a
/// path is never turned into a file name: it is only looked up.
package struct PagePath: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The decoded text, such as `/members/fees/`.
    package let text: String

    /// The front page.
    package static let root = PagePath(trusted: "/")

    /// The page that says that nothing is there, where the site has one of its own.
    package static let notFound = PagePath(trusted: "/404.html")

    /// The same for addresses in the tree of another language of the site, such as `/de/404.html`.
    package static func notFound(in language: String) -> PagePath? {
        PagePath("/\(language)\(notFound.text)")
    }

    /// Takes a decoded path as an author writes it, or returns nil where it is not one.
    package init?(_ text: String) {
        var text = text
        guard text.withUTF8(Self.isPath) else { return nil }
        self.text = text
    }

    /// Takes the path part of a request target, still percent-encoded (RFC 3986 §2.1), or returns nil where it is not
    /// a path of this kind.
    ///
    /// Decoded exactly once. Encoded slashes, backslashes, NULs and percent signs (double encoding) are refused, so two
    /// spellings never name one page by way of a hidden separator.
    package init?(requestTarget: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(requestTarget.utf8.count)
        var rest = requestTarget.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                // A request target is ASCII; anything else was never encoded (RFC 3986 §2).
                guard byte > 0x20, byte < 0x7f else { return nil }
                bytes.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(Self.hexValue), let low = rest.next().flatMap(Self.hexValue)
            else {
                return nil
            }
            let decoded = high << 4 | low
            guard decoded != UInt8(ascii: "/") else { return nil }
            bytes.append(decoded)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        self.init(text)
    }

    /// The path spelled for a `Location`, an `href` or a `<loc>`: everything but unreserved characters and `/` is
    /// percent-encoded (RFC 3986 §2.3).
    package var encoded: String {
        if text.utf8.allSatisfy(Self.isPlain) { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if Self.isPlain(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                result += "%"
                result.unicodeScalars.append(Self.hexDigit(byte >> 4))
                result.unicodeScalars.append(Self.hexDigit(byte & 0x0f))
            }
        }
        return result
    }

    /// The same path with a closing slash.
    package var asFolder: PagePath { text.hasSuffix("/") ? self : PagePath(trusted: text + "/") }

    package var description: String { text }

    package static func < (left: PagePath, right: PagePath) -> Bool { left.text < right.text }
}

extension PagePath: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let path = PagePath(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is not a page path"
            )
        }
        self = path
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension PagePath {
    /// In bytes of UTF-8; more than any page has, less than any proxy refuses.
    fileprivate static let longest = 2048

    fileprivate init(trusted text: String) { self.text = text }

    /// Whether these bytes of UTF-8 are a path.
    ///
    /// Made for each link of each page, so it looks at each byte once.
    fileprivate static func isPath(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= longest else { return false }
        var start = 1
        for position in 1..<bytes.count {
            if bytes[position] == UInt8(ascii: "/") {
                // Only the last segment may be empty: it is the closing slash.
                guard position > start, isSegment(bytes[start..<position]) else { return false }
                start = position + 1
            } else if isForbidden(bytes[position], in: bytes, at: position) {
                return false
            }
        }
        return isSegment(bytes[start...])
    }

    /// Whether a segment is none of those that lead elsewhere.
    private static func isSegment(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        bytes.count > 2 || bytes.contains { $0 != UInt8(ascii: ".") } || bytes.isEmpty
    }

    /// Whether a forbidden character begins with this byte.
    private static func isForbidden(
        _ byte: UInt8,
        in bytes: UnsafeBufferPointer<UInt8>,
        at position: Int
    ) -> Bool {
        switch byte {
        case UInt8(ascii: "\\"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"): true
        case 0...0x1f, 0x7f: true
        case 0xc2...0xf4: isForbidden(scalarAt: position, in: bytes)
        default: false
        }
    }

    /// Other control characters and ends of lines, and what is not seen: two paths that look the same could differ in it, and a
    /// rule name only one.
    private static func isForbidden(scalarAt position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var rest = bytes[position...].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&rest) else { return true }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }

    fileprivate static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    fileprivate static func hexValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    fileprivate static func hexDigit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10)
    }
}
