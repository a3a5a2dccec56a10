internal import Ground

/// What no page of a site needs and what would cost more time than a build has.
enum TextLimits {
    /// In bytes of UTF-8.
    static let longest = 16 << 20
    /// Quotes and lists that one line opens.
    ///
    /// Each line after it costs a look at each of them.
    static let deepest = 200
    /// Empty cells that the rows of a page's tables are filled up with.
    ///
    /// A header of many cells above many short rows would make a page far larger than its text.
    static let mostFilledCells = 100_000

    /// Says what is wrong with a text before it is parsed; where an error is among it, parsing must be left out.
    static func refusal(of source: SourceText, _ places: inout Places) -> Diagnostic? {
        if source.bytes.count > longest {
            let advice = "part the text into pages of less than \(longest >> 20) MB"
            return Diagnostic(at: places.place(line: 1), "the text is too long for a page", advice: advice)
        }
        for line in 1...source.lineCount {
            guard let byte = tooDeep(source.bytes, source.range(ofLine: line)) else { continue }
            let problem = "quotes and lists are nested deeper than \(deepest) levels"
            return Diagnostic(at: places.place(line: line, byte: byte), problem)
        }
        return nil
    }

    /// NUL bytes, which HTML cannot hold; libcmark shows U+FFFD for each.
    static func nulBytes(of source: SourceText, _ places: inout Places) -> [Diagnostic] {
        source.nulBytes.map { byte in
            let place = places.place(byte: byte)
            return Diagnostic(at: place, "the text holds a NUL byte", advice: "save the file as UTF-8 text")
        }
    }
}

extension TextLimits {
    /// Where the markers that a line begins with become too many.
    private static func tooDeep(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int? {
        guard line.count > deepest else { return nil }
        var markers = 0
        var position = line.lowerBound
        while position < line.upperBound {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"),
                UInt8(ascii: "."),
                UInt8(ascii: ")"):
                markers += 1
            default: return nil
            }
            if markers > deepest { return isRule(bytes, line) ? nil : position }
            position += 1
        }
        return nil
    }

    /// Whether a line is nothing but dashes or stars: a rule or an underline, however long.
    private static func isRule(_ bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Bool {
        let marks = line.lazy.map { bytes[$0] }.filter { $0 > 0x20 }
        guard let first = marks.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "*") else {
            return false
        }
        return marks.allSatisfy { $0 == first }
    }
}
