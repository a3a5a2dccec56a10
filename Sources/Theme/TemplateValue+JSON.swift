extension TemplateValue {
    /// How a template shows a list or a table: as JSON without blanks, keys in the order of their bytes (RFC 8259).
    var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TemplateValue {
    private func appendJSON(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text), .html(let text): Self.quote(text.utf8, in: &bytes)
        case .markup(let text): Self.quote(text, in: &bytes)
        case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: String(number).utf8)
        case .list(let values):
            Self.enclose("[", values, "]", in: &bytes) { value, bytes in value.appendJSON(to: &bytes) }
        case .table(let values):
            // By bytes, since letters that look the same are one to `String`, and their order would be chance.
            let entries = values.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.enclose("{", entries, "}", in: &bytes) { entry, bytes in
                Self.quote(entry.key.utf8, in: &bytes)
                bytes.append(UInt8(ascii: ":"))
                entry.value.appendJSON(to: &bytes)
            }
        }
    }

    private static func enclose<Item>(
        _ start: Unicode.Scalar,
        _ items: [Item],
        _ end: Unicode.Scalar,
        in bytes: inout [UInt8],
        append: (Item, inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: start))
        for (position, item) in items.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            append(item, &bytes)
        }
        bytes.append(UInt8(ascii: end))
    }

    private static func quote(_ text: some Sequence<UInt8>, in bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): bytes += "\\n".utf8
            case 0..<0x20: bytes += ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
