internal import Ground

extension Parser {
    /// Reads what a command stands for, and its arguments.
    mutating func command(_ name: String, at start: Int) throws(MathMistake) -> Formula {
        if let sign = Self.sign(name) { return sign }
        if let alphabet = Alphabet.byCommand[name] { return try argument(of: "\\" + name).set(in: alphabet) }
        if let mark = Symbols.accents[name] {
            let sign = Formula.symbol(.init(text: mark, stretches: name.hasPrefix("wide")))
            return .over(try argument(of: "\\" + name), sign, isAccent: true)
        }
        if let mark = Symbols.above[name] {
            return .over(
                try argument(of: "\\" + name),
                .symbol(.init(text: mark, stretches: true)),
                isAccent: true
            )
        }
        if let mark = Symbols.below[name] {
            return .under(
                try argument(of: "\\" + name),
                .symbol(.init(text: mark, stretches: true)),
                isAccent: true
            )
        }
        if let size = Self.size(name) {
            return .sized(try bracket(of: "\\" + name), size: size)
        }
        return try construct(name, at: start)
    }

    /// All commands that are known, sorted.
    static let names: [String] = {
        let tables = [
            Symbols.letters, Symbols.upright, Symbols.operators, Symbols.large, Symbols.integrals,
            Symbols.limits,
            Symbols.fences, Symbols.spaces, Symbols.accents, Symbols.above, Symbols.below, sizes,
        ]
        let names = tables.flatMap(\.keys) + Symbols.functions + Alphabet.byCommand.keys + constructs
        return Set(names.filter { $0.count > 1 }).sorted()
    }()

    /// That of `\big` and the like; a letter behind them says which side of a formula the bracket is on.
    private static func size(_ name: String) -> String? {
        sizes[name] ?? (name.last.map("lrm".contains) == true ? sizes[String(name.dropLast())] : nil)
    }

    private static let sizes = ["big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"]

    private static let constructs = [
        "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "sqrt", "left", "right", "middle",
        "begin", "end",
        "text", "textrm", "textbf", "textit", "mbox", "operatorname", "overset", "underset", "stackrel",
        "xrightarrow",
        "xleftarrow", "not", "phantom", "pmod", "bmod", "substack", "limits", "nolimits", "displaystyle",
        "textstyle",
    ]
}

extension Parser {
    /// A command that stands for one sign and takes no argument.
    private static func sign(_ name: String) -> Formula? {
        if let letter = Symbols.letters[name] { return .identifier(letter, isUpright: false) }
        if let letter = Symbols.upright[name] { return .identifier(letter, isUpright: true) }
        if let sign = Symbols.operators[name] { return .symbol(.init(text: sign)) }
        if let sign = Symbols.large[name] { return .symbol(.init(text: sign, limits: .movable)) }
        if let sign = Symbols.integrals[name] { return .symbol(.init(text: sign)) }
        if Symbols.functions.contains(name) { return .function(name) }
        if let words = Symbols.limits[name] {
            return .symbol(.init(text: words, limits: .movable, isName: true))
        }
        if let sign = Symbols.fences[name] {
            return .symbol(.init(text: sign, stretches: false, isTight: sign == "|"))
        }
        if let width = Symbols.spaces[name] { return .space(width) }
        return Symbols.escaped.contains(name) ? .identifier(name, isUpright: true) : nil
    }

    private mutating func construct(_ name: String, at start: Int) throws(MathMistake) -> Formula {
        switch name {
        case "frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom": return try fraction(name)
        case "sqrt": return try root()
        case "left": return try fenced(from: start)
        case "begin": return try environment(from: start)
        case "text", "textrm", "mbox": return .text(try words(of: "\\" + name))
        case "textbf": return .text(Self.words(try words(of: "\\textbf"), in: .bold))
        case "textit": return .text(Self.words(try words(of: "\\textit"), in: .italic))
        case "operatorname":
            let hasLimits = reader.skip("*")
            let words = try words(of: "\\operatorname")
            return hasLimits ? .symbol(.init(text: words, limits: .movable, isName: true)) : .function(words)
        case "overset", "stackrel":
            let above = try argument(of: "\\" + name)
            return .over(try argument(of: "\\" + name), above, isAccent: false)
        case "underset":
            let below = try argument(of: "\\underset")
            return .under(try argument(of: "\\underset"), below, isAccent: false)
        case "xrightarrow", "xleftarrow": return try arrow(name)
        case "not": return try negation(at: start)
        case "phantom": return .phantom(try argument(of: "\\phantom"))
        case "bmod": return .symbol(.init(text: "mod", isName: true))
        case "pmod": return try modulus()
        case "substack": return try stack(from: start)
        case "limits", "nolimits": throw MathMistake(at: start, "'\\\(name)' stands behind no operator")
        default: throw unknown(name, at: start)
        }
    }

    private func unknown(_ name: String, at start: Int) -> MathMistake {
        guard !name.isEmpty else { return MathMistake(at: start, "a backslash ends the formula") }
        let near = Suggestion.nearest(to: name, in: Self.names)
        return MathMistake(
            at: start,
            "unknown command '\\\(name)'",
            advice: near.map { "did you mean '\\\($0)'?" } ?? "the manual lists the commands that are read"
        )
    }

    private mutating func fraction(_ name: String) throws(MathMistake) -> Formula {
        let top = try argument(of: "\\" + name)
        let bottom = try argument(of: "\\" + name)
        let isDisplay: Bool? =
            name.hasPrefix("d") || name == "cfrac" ? true : name.hasPrefix("t") ? false : nil
        let isFraction = name.hasSuffix("frac")
        let fraction = Formula.fraction(top, bottom, .init(hasLine: isFraction, isDisplay: isDisplay))
        if isFraction { return fraction }
        return .fenced([.init(bracket: "(", body: fraction), .init(bracket: ")", body: .row([]))])
    }

    private mutating func root() throws(MathMistake) -> Formula {
        let index = try optional()
        return .root(try argument(of: "\\sqrt"), index: index)
    }

    /// Reads an argument in square brackets, if one is there.
    private mutating func optional() throws(MathMistake) -> Formula? {
        let token = reader.peek()
        let start = reader.offset
        guard token == .character("["), reader.skip("[") else { return nil }
        let formula = try nested { parser throws(MathMistake) in try parser.row(until: "]") }
        guard reader.skip("]") else { throw MathMistake(at: start, "this '[' is never closed") }
        return formula
    }

    private mutating func fenced(from start: Int) throws(MathMistake) -> Formula {
        var fences: [Formula.Fence] = []
        var opening = try bracket(of: "\\left")
        while true {
            let body = try nested { parser throws(MathMistake) in try parser.row() }
            fences.append(.init(bracket: opening, body: body))
            switch reader.peek() {
            case .command("right"):
                _ = reader.next()
                return .fenced(fences + [.init(bracket: try bracket(of: "\\right"), body: .row([]))])
            case .command("middle"):
                _ = reader.next()
                opening = try bracket(of: "\\middle")
            default:
                throw MathMistake(
                    at: start,
                    "this '\\left' has no '\\right'",
                    advice: "'\\right.' closes without a sign"
                )
            }
        }
    }

    /// Reads a bracket; `.` is none.
    private mutating func bracket(of command: String) throws(MathMistake) -> String {
        _ = reader.peek()
        let start = reader.offset
        switch reader.next() {
        case .character("."): return ""
        case .character("<"): return "⟨"
        case .character(">"): return "⟩"
        case .character(let scalar) where "()[]|/".unicodeScalars.contains(scalar): return String(scalar)
        case .command(let name):
            if let sign = Symbols.fences[name] { return sign }
            if name.hasSuffix("arrow"),
                name.contains("up") || name.contains("down") || name.contains("Up")
                    || name.contains("Down"), let sign = Symbols.operators[name]
            {
                return sign
            }
        default: break
        }
        throw MathMistake(
            at: start,
            "'\(command)' wants a bracket",
            advice: "such as (, [, \\{, | or \\langle, or . for none"
        )
    }

    private mutating func arrow(_ name: String) throws(MathMistake) -> Formula {
        let below = try optional()
        let above = try argument(of: "\\" + name)
        func padded(_ formula: Formula) -> Formula { .row([.space("0.3em"), formula, .space("0.3em")]) }
        let arrow = Formula.symbol(.init(text: name == "xrightarrow" ? "→" : "←", stretches: true))
        return .scripts(arrow, sub: below.map(padded), sup: padded(above), .belowAndAbove)
    }

    private mutating func negation(at start: Int) throws(MathMistake) -> Formula {
        guard case .symbol(var symbol) = try argument(of: "\\not") else {
            throw MathMistake(at: start, "'\\not' wants a relation", advice: "as in \\not= or \\not\\in")
        }
        symbol.text = Self.negations[symbol.text] ?? symbol.text + "\u{338}"
        return .symbol(symbol)
    }

    private static let negations = [
        "=": "≠", "∈": "∉", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈", "⊇": "⊉", "≡": "≢", "<": "≮", ">": "≯", "≤": "≰",
        "≥": "≱",
        "∼": "≁", "≈": "≉", "≅": "≇", "∃": "∄", "∣": "∤", "∥": "∦", "→": "↛", "←": "↚", "⇒": "⇏", "∋": "∌",
    ]

    private mutating func modulus() throws(MathMistake) -> Formula {
        let modulus = try argument(of: "\\pmod")
        let words: [Formula] = [.identifier("mod", isUpright: true), .space("0.3333em"), modulus]
        return .row([
            .space("1em"), .symbol(.init(text: "(", stretches: false)), .row(words),
            .symbol(.init(text: ")", stretches: false)),
        ])
    }
}

extension Parser {
    /// Reads words in braces as they stand.
    mutating func words(of command: String) throws(MathMistake) -> String {
        let token = reader.peek()
        let start = reader.offset
        guard token == .character("{"), reader.skip("{") else {
            throw MathMistake(at: start, "'\(command)' wants an argument", advice: "write it in braces: {…}")
        }
        var words = String.UnicodeScalarView()
        var depth = 0
        while let scalar = reader.current {
            let offset = reader.offset
            reader.advance()
            switch scalar {
            case "}" where depth == 0: return String(words)
            case "{": depth += 1
            case "}": depth -= 1
            case "~": words.append("\u{a0}")
            case "\\":
                guard let next = reader.current, "{}%#&_$ ".unicodeScalars.contains(next) else {
                    throw MathMistake(
                        at: offset,
                        "a command within '\(command)'",
                        advice: "words only may stand there"
                    )
                }
                reader.advance()
                words.append(next)
            default: words.append(scalar)
            }
        }
        throw MathMistake(at: start, "this '{' is never closed")
    }

    private static func words(_ words: String, in alphabet: Alphabet) -> String {
        guard alphabet == .italic else {
            return String(String.UnicodeScalarView(words.unicodeScalars.map(alphabet.letter)))
        }
        return String(String.UnicodeScalarView(words.unicodeScalars.map(italic)))
    }

    /// The slanted letter, which has gaps of its own.
    private static func italic(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "h": "ℎ"
        case "A"..."Z": Unicode.Scalar(0x1d434 + scalar.value - 0x41) ?? scalar
        case "a"..."z": Unicode.Scalar(0x1d44e + scalar.value - 0x61) ?? scalar
        default: scalar
        }
    }
}

extension Formula {
    /// The same with its letters and digits in another alphabet; upright letters side by side become a name.
    fileprivate func set(in alphabet: Alphabet) -> Formula {
        switch self {
        case .identifier(let name, let isUpright):
            let letters = String(String.UnicodeScalarView(name.unicodeScalars.map(alphabet.letter)))
            return .identifier(
                letters,
                isUpright: alphabet == .italic ? false : alphabet == .upright || isUpright
            )
        case .number(let digits):
            return .number(String(String.UnicodeScalarView(digits.unicodeScalars.map(alphabet.letter))))
        case .row(let items): return .row(Self.joined(items.map { $0.set(in: alphabet) }, alphabet))
        case .scripts(let base, let sub, let sup, let limits):
            return .scripts(
                base.set(in: alphabet),
                sub: sub?.set(in: alphabet),
                sup: sup?.set(in: alphabet),
                limits
            )
        case .over(let base, let mark, let isAccent):
            return .over(base.set(in: alphabet), mark, isAccent: isAccent)
        case .under(let base, let mark, let isAccent):
            return .under(base.set(in: alphabet), mark, isAccent: isAccent)
        default: return self
        }
    }

    private static func joined(_ items: [Formula], _ alphabet: Alphabet) -> [Formula] {
        guard alphabet == .upright || alphabet == .sans || alphabet == .typewriter else { return items }
        return items.reduce(into: []) { joined, item in
            if case .identifier(let next, let isUpright) = item, case .identifier(let name, _)? = joined.last
            {
                joined[joined.count - 1] = .identifier(name + next, isUpright: isUpright)
            } else {
                joined.append(item)
            }
        }
    }
}
