import Mustache

/// Makes text safe in HTML, between tags and in quoted attributes alike.
///
/// swift-mustache 2.1 escapes by character, and so lets a `"` with a combining mark behind it pass as one unknown
/// character, which a browser reads as the end of the attribute. This one goes by byte.
struct HTMLEscaping: MustacheContentType {
    /// The name by which templates ask for it.
    static let name = "gatehouse.html"

    func escapeText(_ text: String) -> String {
        guard text.utf8.contains(where: { Self.replacement(of: $0) != nil }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 32)
        Self.append(text, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    /// Appends a text with what must be escaped in it escaped.
    static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { text in
            guard holdsSpecial(text) else {
                bytes.append(contentsOf: text)
                return
            }
            var plain = 0
            for position in text.indices {
                guard let replacement = replacement(of: text[position]) else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<position]))
                bytes.append(contentsOf: replacement.utf8)
                plain = position + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        }
    }

    /// Looks at every byte without a branch, so that the compiler takes many at once: most texts hold none.
    private static func holdsSpecial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var found: UInt8 = 0
        for byte in text {
            // `<` and `>` differ in one bit, and so do `&` and `'`.
            found |= (byte | 0x02 == 0x3e ? 1 : 0) | (byte | 0x01 == 0x27 ? 1 : 0) | (byte == 0x22 ? 1 : 0)
        }
        return found != 0
    }

    private static func replacement(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
