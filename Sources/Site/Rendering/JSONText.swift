/// Texts for JSON that stands in HTML (RFC 8259 §7).
enum JSONText {
    /// In quotes, and without `<`, `>` and `&`, with which the element around it could be ended.
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [quote]
        bytes.reserveCapacity(text.utf8.count + 2)
        for byte in text.utf8 {
            switch byte {
            case quote, UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes + [quote], as: UTF8.self)
    }

    private static let quote = UInt8(ascii: "\"")
    private static let digits = Array("0123456789abcdef".utf8)
}
