/// The alphabets of mathematics: letters of another shape, each of which is a character of its own (Unicode, block
/// "Mathematical Alphanumeric Symbols").
enum Alphabet: Equatable {
    case upright
    case italic
    case bold
    case boldItalic
    case doubleStruck
    case script
    case fraktur
    case sans
    case typewriter

    /// Commands by name, without the backslash.
    static let byCommand: [String: Alphabet] = [
        "mathrm": .upright, "mathit": .italic, "mathbf": .bold, "boldsymbol": .boldItalic, "bm": .boldItalic,
        "mathbb": .doubleStruck, "mathcal": .script, "mathscr": .script, "mathfrak": .fraktur,
        "mathsf": .sans,
        "mathtt": .typewriter,
    ]

    /// The letter or digit in this alphabet; itself where the alphabet has none.
    func letter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if let exception = Self.exceptions[self]?[scalar] { return exception }
        guard let start = start(of: scalar), let letter = Unicode.Scalar(start) else { return scalar }
        return letter
    }

    /// Letters that Unicode had before the block, and left out of it.
    private static let exceptions: [Alphabet: [Unicode.Scalar: Unicode.Scalar]] = [
        .doubleStruck: ["C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"],
        .script: [
            "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
            "g": "ℊ",
            "o": "ℴ",
        ],
        .fraktur: ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"],
    ]

    private func start(of scalar: Unicode.Scalar) -> UInt32? {
        let value = scalar.value
        switch scalar {
        case "A"..."Z": return capitals.map { $0 + value - 0x41 }
        case "a"..."z": return capitals.map { $0 + 26 + value - 0x61 }
        case "0"..."9": return digits.map { $0 + value - 0x30 }
        case "Α"..."Ω": return greek.map { $0 + value - 0x391 }
        case "α"..."ω": return greek.map { $0 + 26 + value - 0x3b1 }
        default: return nil
        }
    }

    private var capitals: UInt32? {
        switch self {
        case .upright, .italic: nil
        case .bold: 0x1d400
        case .boldItalic: 0x1d468
        case .doubleStruck: 0x1d538
        case .script: 0x1d49c
        case .fraktur: 0x1d504
        case .sans: 0x1d5a0
        case .typewriter: 0x1d670
        }
    }

    private var digits: UInt32? {
        switch self {
        case .bold, .boldItalic: 0x1d7ce
        case .doubleStruck: 0x1d7d8
        case .sans: 0x1d7e2
        case .typewriter: 0x1d7f6
        default: nil
        }
    }

    private var greek: UInt32? {
        switch self {
        case .bold: 0x1d6a8
        case .boldItalic: 0x1d71c
        default: nil
        }
    }
}
