import Ground

extension YAMLSource {
    /// Why a parser must not see this text, if it must not.
    ///
    /// Looks at characters only, once: it may count a star in a quoted text, and so its limits are far above what people
    /// write.
    var refusal: Diagnostic? {
        guard text.utf8.count <= limit else {
            return Diagnostic(at: place(), "the text is larger than \(limit >> 10) KB")
        }
        var scan = Scan()
        for scalar in text.unicodeScalars {
            if !Self.isAllowed(scalar) {
                return Diagnostic(
                    at: place(line: scan.line, column: scan.column),
                    "the control character U+\(Self.hex(scalar)) is not allowed here",
                    advice: "delete it; editors show it with 'show invisible characters'"
                )
            }
            scan.take(scalar)
            if scan.repeatsTooMuch {
                return Diagnostic(
                    at: place(line: scan.line, column: scan.column),
                    "anchors and aliases ('&name', '*name') are not read here",
                    advice: "write the value out at each place, or put it in quotes where it is a text"
                )
            }
        }
        return nil
    }

    /// What YAML calls printable (YAML 1.1 §5.1).
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\t", "\n", "\r", " "..."~", "\u{85}", "\u{a0}"..."\u{d7ff}", "\u{e000}"..."\u{fefe}",
            "\u{ff00}"..."\u{fffd}", "\u{10000}"..."\u{10ffff}":
            true
        default: false
        }
    }

    private static func hex(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// What can be known of a text without a parser.
private struct Scan {
    private(set) var line = 1
    private(set) var column = 1
    private var previous: Unicode.Scalar = "\n"
    private var anchors = 0
    private var aliases = 0

    /// A few aliases cost nothing and get a message of their own; many, as keys, would let Yams hash for years.
    var repeatsTooMuch: Bool { anchors > 0 && aliases > 8 }

    mutating func take(_ scalar: Unicode.Scalar) {
        let isFirst = previous.properties.isWhitespace || "[{,".unicodeScalars.contains(previous)
        switch previous {
        case "&" where Self.isName(scalar): anchors += beforePrevious ? 1 : 0
        case "*" where Self.isName(scalar): aliases += beforePrevious ? 1 : 0
        default: break
        }
        beforePrevious = isFirst
        if scalar == "\n" && previous == "\r" {
            // The break was counted with its first half.
        } else if scalar == "\n" || scalar == "\r" {
            (line, column) = (line + 1, 1)
        } else {
            column += 1
        }
        previous = scalar
    }

    /// Whether a mark at `previous` would stand where a value begins.
    private var beforePrevious = true

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterOrDigit || scalar == "_" || scalar == "-"
    }
}
