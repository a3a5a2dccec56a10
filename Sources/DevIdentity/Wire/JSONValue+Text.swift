extension JSONValue {
    /// The JSON text (RFC 8259), without spaces.
    var json: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .flag(let flag): text += flag ? "true" : "false"
        case .number(let number): text += Int64(exactly: number).map(String.init) ?? "\(number)"
        case .text(let string): Self.write(string, to: &text)
        case .list(let list):
            Self.write(list, between: "[", "]", to: &text) { $0.write(to: &$1) }
        case .object(let members):
            Self.write(members, between: "{", "}", to: &text) {
                Self.write($0.key, to: &$1)
                $1 += ":"
                $0.value.write(to: &$1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between opening: String,
        _ closing: String,
        to text: inout String,
        _ writeItem: (Item, inout String) -> Void
    ) {
        text += opening
        for (position, item) in items.enumerated() {
            if position > 0 { text += "," }
            writeItem(item, &text)
        }
        text += closing
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{0}"..."\u{1f}", "\u{7f}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
