/// A title made of a file's name.
enum PageTitle {
    /// `opening-hours` is "Opening hours".
    static func of(_ name: some StringProtocol) -> String {
        let words = name.split { $0 == "-" || $0 == "_" || $0 == " " }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// As YAML, TOML and JSON take it, whatever stands in it.
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\\", "\"": "\\\(scalar)"
            case "\u{0}"..<" ", "\u{7f}"..<"\u{a0}":
                "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
