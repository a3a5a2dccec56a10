/// JSON on its way to a file (RFC 8259): only what an index holds.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    /// Writes punctuation and numbers.
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Writes a string; `<` is escaped, too, so that the file is harmless wherever it is read.
    mutating func text(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0a: raw("\\n")
            case 0..<0x20, UInt8(ascii: "<"): raw("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes items with commas between them.
    mutating func list<Items: Sequence>(_ items: Items, _ write: (inout JSONWriter, Items.Element) -> Void) {
        var isFirst = true
        for item in items {
            if !isFirst { raw(",") }
            isFirst = false
            write(&self, item)
        }
    }
}
