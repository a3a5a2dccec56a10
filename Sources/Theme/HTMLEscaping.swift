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
            var plain = 0
            for position in text.indices where isSpecial(text[position]) {
                guard let replacement = replacement(of: text[position]) else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain..<position]))
                bytes.append(contentsOf: replacement.utf8)
                plain = position + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plain...]))
        }
    }

    /// Whether there is a replacement, as one bit for each byte: all of them are below 64.
    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 64 && 0x5000_00c4_0000_0000 >> UInt64(byte) & 1 == 1
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
