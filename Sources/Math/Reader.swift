/// Walks over the characters of a formula.
struct Reader {
    enum Token: Equatable {
        /// A backslash and a name, or a backslash and one other character, without the backslash.
        case command(String)
        case character(Unicode.Scalar)
        case end
    }

    private let scalars: [Unicode.Scalar]
    private let offsets: [Int]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        var offsets: [Int] = []
        offsets.reserveCapacity(scalars.count + 1)
        var offset = 0
        for scalar in scalars {
            offsets.append(offset)
            offset += UTF8.width(scalar)
        }
        self.offsets = offsets + [offset]
    }

    /// The byte at which the next character stands.
    var offset: Int { offsets[index] }

    /// The next token behind blanks.
    mutating func peek() -> Token {
        skipBlanks()
        let start = index
        let token = take()
        index = start
        return token
    }

    /// Takes the next token, with the blanks before it.
    mutating func next() -> Token {
        skipBlanks()
        return take()
    }

    /// Takes a character if it is the next one behind blanks.
    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == .character(scalar) else { return false }
        _ = next()
        return true
    }

    /// The next character itself, blank or not.
    var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func advance() {
        if index < scalars.count { index += 1 }
    }

    mutating func skipBlanks() {
        while let scalar = current, scalar.properties.isWhitespace { index += 1 }
    }

    private mutating func take() -> Token {
        guard let first = current else { return .end }
        index += 1
        guard first == "\\" else { return .character(first) }
        var name = String.UnicodeScalarView()
        while let scalar = current, scalar.isASCII, scalar.properties.isAlphabetic {
            name.append(scalar)
            index += 1
        }
        if name.isEmpty, let scalar = current {
            name.append(scalar)
            index += 1
        }
        return .command(String(name))
    }
}
