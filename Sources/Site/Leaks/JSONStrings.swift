/// The strings of a JSON text with their escapes resolved, parted as paragraphs are.
///
/// Names of members are left out where they are such as programs choose (`url`, `date_published`): they are no words of a page.
enum JSONStrings {
    /// To a reader of markup a `<p>` says so; where strings are plain text, each line of one is a paragraph.
    static func joined(_ bytes: [UInt8], isPlain: Bool = false) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "\"") else {
                position += 1
                continue
            }
            position += 1
            let start = result.count
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                if bytes[position] == UInt8(ascii: "\\") {
                    unescape(bytes, &position, lineEnd: isPlain ? 0x0a : 0x20, into: &result)
                } else {
                    result.append(bytes[position])
                    position += 1
                }
            }
            position += 1
            if isName(bytes, after: position), result[start...].allSatisfy(isIdentifier) {
                result.removeSubrange(start...)
            }
            // It ends a tag that a string left open, too.
            if isPlain { result.append(0x0a) } else { result += "<p>".utf8 }
        }
        return result
    }
}

extension JSONStrings {
    private static func isName(_ bytes: [UInt8], after position: Int) -> Bool {
        bytes[min(position, bytes.count)...].first { $0 > 0x20 } == UInt8(ascii: ":")
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    /// What stands behind a backslash (RFC 8259 §7); a lone surrogate becomes U+FFFD.
    private static func unescape(
        _ bytes: [UInt8],
        _ position: inout Int,
        lineEnd: UInt8,
        into result: inout [UInt8]
    ) {
        position += 1
        guard position < bytes.count else { return }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "u"):
            var unit = self.unit(bytes, &position)
            if (0xd800..<0xdc00).contains(unit), bytes[position...].starts(with: "\\u".utf8) {
                position += 2
                let low = self.unit(bytes, &position)
                unit = 0x10000 + (unit - 0xd800) << 10 + (low & 0x3ff)
            }
            result += String(Unicode.Scalar(unit) ?? "\u{fffd}").utf8
        case UInt8(ascii: "n"): result.append(lineEnd)
        case UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            result.append(UInt8(ascii: " "))
        default: result.append(byte)
        }
    }

    private static func unit(_ bytes: [UInt8], _ position: inout Int) -> UInt32 {
        let digits = bytes[position...].prefix(4)
        position += digits.count
        return UInt32(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0xfffd
    }
}
