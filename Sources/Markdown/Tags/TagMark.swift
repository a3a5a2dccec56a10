/// A `{% … %}` found in the text, and what stands for it in the copy that libcmark reads.
struct TagMark {
    enum Form {
        /// Alone on its lines: `<?…?>`, which libcmark takes for a block of raw HTML.
        case block
        /// Within a paragraph: `<…>`, inline raw HTML.
        case inline
        /// A value alone on its line, which is a paragraph all the same: `<…:…>`, a link without words.
        case value
    }

    /// Bytes of the author's text, with both braces.
    let range: Range<Int>
    let form: Form
    /// Where it begins in the copy.
    var start: Int
}

/// A `{%` that begins no tag.
///
/// In code that is as it should be; where a reader would see it, it is an error.
struct StrayBrace {
    enum Reason {
        case neverEnds
        case neverEndsInText
        case tooShort
        case tooMany
        case noRoom
    }

    let offset: Int
    let reason: Reason
}

extension StrayBrace {
    var problem: String {
        switch reason {
        case .neverEnds: "this tag never ends"
        case .neverEndsInText: "a text in this tag is not closed on its line"
        case .tooShort: "this tag is too short to be read"
        case .tooMany: "there are more than \(TagCode.most) tags on this page"
        case .noRoom: "a tag within a paragraph begins with its name, and holds no empty line"
        }
    }

    var advice: String {
        switch reason {
        case .neverEnds: "close it with '%}', or write '\\{%' to show the characters"
        case .neverEndsInText: "add '\"'; a line end in a text is written '\\n'"
        case .tooShort: "put blanks inside its braces: '{% x %}'"
        case .tooMany: "part the text into several pages"
        case .noRoom: "write the tag on one line"
        }
    }
}

/// How a tag's number is written into the copy: `<x0a7`, where `<x` stands nowhere in the author's text.
struct TagCode {
    /// What three digits can count, less than all so that a page stays readable by us in time.
    static let most = 100_000

    /// The letter behind `<`.
    let letter: UInt8

    /// A letter that no `<` of the text stands before, and with which no name of an HTML block begins
    /// (CommonMark 0.30 §4.6); nil where the text has them all.
    init?(unusedIn bytes: UnsafeBufferPointer<UInt8>) {
        var used = Array(repeating: false, count: 256)
        var before: UInt8 = 0
        for byte in bytes {
            // `&lt;` ends with a semicolon.
            if before == UInt8(ascii: "<") || before == UInt8(ascii: "?") || before == UInt8(ascii: ";") {
                used[Int(byte)] = true
            }
            before = byte
        }
        guard let letter = "xXqQzZkKjJwWyYgGrRvVeE".utf8.first(where: { !used[Int($0)] }) else { return nil }
        self.letter = letter
    }

    func digits(of number: Int) -> [UInt8] {
        let alphabet = Self.alphabet
        return [alphabet[number / 3844], alphabet[number / 62 % 62], alphabet[number % 62]]
    }

    /// The number whose code begins at a position: `<x0a7` or `<?x0a7`.
    func number(at position: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard position + 4 < text.count, text[position] == UInt8(ascii: "<") else { return nil }
        let start = text[position + 1] == UInt8(ascii: "?") ? position + 2 : position + 1
        guard text[start] == letter else { return nil }
        return number(behindLetter: start + 1, in: text)
    }

    /// The number whose digits begin at a position.
    func number(behindLetter start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard start + 3 <= text.count else { return nil }
        var number = 0
        for byte in text[start..<start + 3] {
            guard let digit = Self.alphabet.firstIndex(of: byte) else { return nil }
            number = number * 62 + digit
        }
        return number
    }

    private static let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
}
