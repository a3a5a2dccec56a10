/// A JSON object that stands in HTML, written field by field (RFC 8259).
struct JSONText {
    private var bytes: [UInt8] = []

    /// The object so far, as UTF-8.
    var object: [UInt8] { [UInt8(ascii: "{")] + bytes + [UInt8(ascii: "}")] }

    /// Adds a text.
    mutating func add(_ name: StaticString, _ value: String) {
        key(name)
        quote(value)
    }

    /// Adds a thing of schema.org that has a name and nothing else.
    mutating func add(_ name: StaticString, type: String, name thing: String) {
        var inner = JSONText()
        inner.add("@type", type)
        inner.add("name", thing)
        key(name)
        bytes += inner.object
    }
}

extension JSONText {
    private mutating func key(_ name: StaticString) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
        bytes.append(Self.quotationMark)
        name.withUTF8Buffer { bytes.append(contentsOf: $0) }
        bytes.append(Self.quotationMark)
        bytes.append(UInt8(ascii: ":"))
    }

    /// In quotes, and without `<`, `>` and `&`, with which the element around it could be ended.
    private mutating func quote(_ text: String) {
        bytes.append(Self.quotationMark)
        for byte in text.utf8 {
            switch byte {
            case Self.quotationMark, UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.digits[Int(byte >> 4)])
                bytes.append(Self.digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(Self.quotationMark)
    }

    private static let quotationMark = UInt8(ascii: "\"")
    private static let digits = Array("0123456789abcdef".utf8)
}
