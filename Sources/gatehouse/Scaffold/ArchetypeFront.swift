/// The language of an archetype's front matter.
enum ArchetypeFront {
    case yaml, toml, json

    /// Nil where no front matter begins with this line.
    init?(firstLine line: Substring) {
        switch Self.words(line) {
        case "---": self = .yaml
        case "+++": self = .toml
        case "{": self = .json
        default: return nil
        }
    }

    func isEnd(_ line: Substring) -> Bool {
        switch self {
        case .yaml: Self.words(line) == "---"
        case .toml: Self.words(line) == "+++"
        case .json: Self.words(line) == "}"
        }
    }

    private static func words(_ line: Substring) -> Substring {
        var line = line
        while line.last?.isWhitespace == true { line.removeLast() }
        return line
    }
}

/// One line of an archetype, while its values are put in.
struct ArchetypeLine {
    private let front: ArchetypeFront?
    private(set) var text = ""
    /// The quotes that what comes next stands in.
    private var quotes: Character?

    /// `front` is the language of the line; nil for one of the page's text.
    init(_ front: ArchetypeFront?) { self.front = front }

    /// Adds what the archetype says.
    mutating func add(_ words: Substring) {
        var isEscaped = false
        for character in words {
            if isEscaped {
                isEscaped = false
            } else if quotes == "\"", character == "\\" {
                isEscaped = true
            } else if quotes == nil, character == "\"" || character == "'" {
                quotes = character
            } else if character == quotes {
                quotes = nil
            }
        }
        text += words
    }

    /// Adds a value, and returns what comes after it: without the quotes in which the value stands alone, since it gets
    /// its own.
    mutating func add(_ value: String, isText: Bool, before rest: Substring) -> Substring {
        guard let front else {
            text += value
            return rest
        }
        if let mark = quotes, text.last == mark, rest.first == mark {
            text.removeLast()
            text += PageTitle.quoted(value)
            quotes = nil
            return rest.dropFirst()
        }
        switch quotes {
        case "\""?: text += PageTitle.quoted(value).dropFirst().dropLast()
        case "'"? where front == .yaml: text += value.replacing("'", with: "''")
        case _?: text += value
        case nil: text += isText || front == .json ? PageTitle.quoted(value) : value
        }
        return rest
    }
}
