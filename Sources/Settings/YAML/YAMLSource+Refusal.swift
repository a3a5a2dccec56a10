import Ground

extension YAMLSource {
    /// In bytes; larger texts are refused before they are read.
    static let longest = 1 << 18
    /// How deep tables and lists may lie in one another; Yams recurses.
    static let deepest = 100

    /// Why a parser must not see this text, if it must not.
    ///
    /// Looks at characters only, once: it may count a bracket or a star in a quoted text, and so its limits are far
    /// above what people write.
    var refusal: Diagnostic? {
        guard text.utf8.count <= Self.longest else {
            return Diagnostic(at: place(), "the text is larger than \(Self.longest) bytes")
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
            if scan.isTooDeep {
                return Diagnostic(
                    at: place(line: scan.line, column: scan.column),
                    "lists and tables are nested too deeply",
                    advice: "at most \(Self.deepest) deep"
                )
            }
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

/// What can be known of a text's depth without a parser.
private struct Scan {
    private(set) var line = 1
    private(set) var column = 1
    /// Brackets and braces that are open, were no quote to hide one.
    private var open = 0
    /// All of them, which bounds the depth whatever the quotes hide.
    private var opened = 0
    /// Marks such as `- - -` at the start of a line, and the spaces before them.
    private var lead = 0
    private var isLeading = true
    private var previous: Unicode.Scalar = "\n"
    private var anchors = 0
    private var aliases = 0

    var isTooDeep: Bool {
        open > YAMLSource.deepest || opened > 20 * YAMLSource.deepest || lead > 4 * YAMLSource.deepest
    }

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
        switch scalar {
        case "[", "{": (open, opened) = (open + 1, opened + 1)
        case "]", "}": open = max(0, open - 1)
        default: break
        }
        measureLead(scalar)
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

    private mutating func measureLead(_ scalar: Unicode.Scalar) {
        if scalar == "\n" || scalar == "\r" {
            (lead, isLeading) = (0, true)
        } else if isLeading, " -?:".unicodeScalars.contains(scalar) {
            lead += 1
        } else {
            isLeading = false
        }
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isLetterOrDigit || scalar == "_" || scalar == "-"
    }
}
