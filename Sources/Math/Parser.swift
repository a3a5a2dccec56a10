internal import Ground

/// Reads a formula in TeX.
///
/// Commands are read in `Parser+Commands.swift`, environments in `Parser+Tables.swift`.
struct Parser {
    var reader: Reader
    private var depth = 0

    /// In groups, arguments and environments; nobody writes more, and each costs stack.
    private static let deepest = 60

    init(_ tex: String) {
        reader = Reader(tex)
    }

    /// Reads the whole text.
    mutating func formula() throws(MathMistake) -> Formula {
        let formula = try row()
        let token = reader.peek()
        guard token == .end else { throw misplaced(token) }
        return formula
    }

    /// Reads up to what ends a row: a closing brace, `&`, `\\`, `\end`, `\right`, `\middle`, the end, or a given sign.
    mutating func row(until stop: Unicode.Scalar? = nil) throws(MathMistake) -> Formula {
        var items: [Formula] = []
        while true {
            switch reader.peek() {
            case .end, .character("}"), .character("&"), .command("\\"), .command("end"), .command("right"),
                .command("middle"):
                return Self.row(items)
            case .character(let scalar) where scalar == stop: return Self.row(items)
            case .command("displaystyle"), .command("textstyle"):
                let isDisplay = reader.next() == .command("displaystyle")
                return Self.row(items + [.styled(try row(until: stop), isDisplay: isDisplay)])
            default: items.append(try item())
            }
        }
    }

    static func row(_ items: [Formula]) -> Formula { items.count == 1 ? items[0] : .row(items) }

    /// Reads an argument: a group, or a single sign.
    mutating func argument(of command: String) throws(MathMistake) -> Formula {
        let token = reader.peek()
        let start = reader.offset
        switch token {
        case .character(let digit) where digit.properties.numericType == .decimal:
            _ = reader.next()
            return .number(String(digit))
        case .end, .character("}"), .character("&"), .character("_"), .character("^"), .command("\\"),
            .command("end"),
            .command("right"), .command("middle"):
            throw MathMistake(at: start, "'\(command)' wants an argument", advice: "write it in braces: {…}")
        default: return try nested { parser throws(MathMistake) in try parser.atom() }
        }
    }

    /// Reads what is one level further in.
    mutating func nested(
        _ read: (inout Parser) throws(MathMistake) -> Formula
    ) throws(MathMistake) -> Formula {
        guard depth < Self.deepest else {
            throw MathMistake(at: reader.offset, "the formula is nested deeper than \(Self.deepest) levels")
        }
        depth += 1
        let formula = try read(&self)
        depth -= 1
        return formula
    }

    /// The mistake that a token is where a row cannot go on with it.
    func misplaced(_ token: Reader.Token) -> MathMistake {
        let advice = "write \\begin{aligned} … \\end{aligned} around the lines"
        return switch token {
        case .character("}"):
            MathMistake(at: reader.offset, "a '}' closes nothing", advice: "write \\} for the sign")
        case .character("&"):
            MathMistake(
                at: reader.offset,
                "'&' stands outside of an environment",
                advice: "write \\& for the sign"
            )
        case .command("\\"):
            MathMistake(at: reader.offset, "'\\\\' stands outside of an environment", advice: advice)
        case .command(let name):
            MathMistake(at: reader.offset, "'\\\(name)' closes nothing", advice: nil)
        case .character(let scalar): MathMistake(at: reader.offset, "'\(scalar)' is not expected here")
        case .end: MathMistake(at: reader.offset, "the formula ends too early")
        }
    }
}

extension Parser {
    /// Reads an atom with what is written below and above it.
    private mutating func item() throws(MathMistake) -> Formula {
        let first = reader.peek()
        let isBare = first == .character("_") || first == .character("^") || first == .character("'")
        let base = isBare ? .row([]) : try nested { parser throws(MathMistake) in try parser.atom() }
        var limits = base.ownLimits
        var (sub, sup, primes): (Formula?, Formula?, String) = (nil, nil, "")
        while true {
            let token = reader.peek()
            let start = reader.offset
            switch token {
            case .command("limits"), .command("nolimits"):
                limits = reader.next() == .command("limits") ? .belowAndAbove : .behind
            case .character("'"):
                _ = reader.next()
                guard sup == nil else { throw MathMistake(at: start, "a prime stands behind a superscript") }
                primes += "′"
            case .character("_"):
                _ = reader.next()
                guard sub == nil else { throw twice("subscript", at: start) }
                sub = try argument(of: "_")
            case .character("^"):
                _ = reader.next()
                guard sup == nil else { throw twice("superscript", at: start) }
                sup = try argument(of: "^")
            default:
                return Self.scripts(base, sub, sup, primes, limits)
            }
        }
    }

    private static func scripts(
        _ base: Formula,
        _ sub: Formula?,
        _ sup: Formula?,
        _ primes: String,
        _ limits: Formula.Limits
    ) -> Formula {
        guard sub != nil || sup != nil || !primes.isEmpty else { return base }
        let prime = Formula.symbol(.init(text: primes))
        let above = primes.isEmpty ? sup : sup.map { .row([prime, $0]) } ?? prime
        return .scripts(base, sub: sub, sup: above, limits)
    }

    private func twice(_ what: String, at offset: Int) -> MathMistake {
        MathMistake(
            at: offset,
            "a second \(what) on one base",
            advice: "write braces around the first and its base"
        )
    }

    /// Reads one sign, group or command.
    private mutating func atom() throws(MathMistake) -> Formula {
        _ = reader.peek()
        let start = reader.offset
        switch reader.next() {
        case .command(let name): return try command(name, at: start)
        case .character("{"): return try group(from: start)
        case .character(let scalar): return try character(scalar, at: start)
        case .end: throw MathMistake(at: start, "the formula ends too early")
        }
    }

    private mutating func group(from start: Int) throws(MathMistake) -> Formula {
        let inner = try row()
        switch reader.peek() {
        case .character("}"): _ = reader.next()
        case .end: throw MathMistake(at: start, "this '{' is never closed")
        case let token: throw misplaced(token)
        }
        // A group is one item to TeX: a sign in it has no room around it.
        if case .symbol(var symbol) = inner {
            symbol.isTight = true
            return .symbol(symbol)
        }
        return inner
    }

    private mutating func character(_ scalar: Unicode.Scalar, at start: Int) throws(MathMistake) -> Formula {
        switch scalar {
        case "-": return .symbol(.init(text: "−"))
        case "*": return .symbol(.init(text: "∗"))
        case "~": return .space("0.3333em")
        case "(", ")", "[", "]": return .symbol(.init(text: String(scalar), stretches: false))
        case "|", "/", ".": return .symbol(.init(text: String(scalar), stretches: false, isTight: true))
        case "%", "#", "$":
            throw MathMistake(
                at: start,
                "'\(scalar)' has a meaning of its own in TeX",
                advice: "write \\\(scalar)"
            )
        case _ where scalar.properties.numericType == .decimal: return number(beginning: scalar)
        case _ where scalar.properties.isAlphabetic: return .identifier(String(scalar), isUpright: false)
        default: return .symbol(.init(text: String(scalar)))
        }
    }

    private mutating func number(beginning first: Unicode.Scalar) -> Formula {
        var text = String(first)
        while let scalar = reader.current {
            let isDigit = scalar.properties.numericType == .decimal
            var ahead = reader
            ahead.advance()
            let isPoint = scalar == "." && ahead.current?.properties.numericType == .decimal
            guard isDigit || isPoint else { break }
            text.unicodeScalars.append(scalar)
            reader.advance()
        }
        return .number(text)
    }
}

extension Formula {
    /// Where scripts go unless the author says otherwise.
    fileprivate var ownLimits: Limits {
        switch self {
        case .symbol(let symbol): symbol.limits
        case .over(_, let mark, isAccent: true), .under(_, let mark, isAccent: true):
            mark == .symbol(.init(text: "⏞", stretches: true))
                || mark == .symbol(.init(text: "⏟", stretches: true))
                ? .belowAndAbove : .behind
        default: .behind
        }
    }
}
