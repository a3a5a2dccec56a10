import Foundation

/// The words of a text as a search compares them.
///
/// A word is a run of letters and digits. Of scripts that part no words (Chinese, Japanese) each character is one. The
/// browser's script does the same to what is asked for, so the two must be changed together.
enum SearchWords {
    /// In bytes; longer ones are no words that anybody types.
    static let longest = 80

    /// Calls `found` for each word in lower case, in order, with whether all of it is ASCII; costs time in proportion to the text.
    ///
    /// The bytes are good until `found` returns.
    @inline(__always)
    static func each(
        in text: UnsafeBufferPointer<UInt8>,
        _ found: (_ word: UnsafeBufferPointer<UInt8>, _ isASCII: Bool) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { word in
            var position = 0
            while position < text.count {
                var length = 0
                while position < text.count, case let byte = folded(text[position]), byte != 0 {
                    if length < longest { word[length] = byte }
                    length += 1
                    position += 1
                }
                guard position == text.count || text[position] < 0x80 else {
                    position = takeBeyondASCII(text, from: position - length, found)
                    continue
                }
                if (1...longest).contains(length) {
                    found(UnsafeBufferPointer(rebasing: word[..<length]), true)
                }
                position += 1
            }
        }
    }

    /// The same word without accents, as it is compared.
    static func withoutAccents(_ word: some StringProtocol) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in word.decomposedStringWithCanonicalMapping.unicodeScalars
        where !(0x300...0x36f).contains(scalar.value) {
            plain.append(scalar)
        }
        return String(plain)
    }
}

extension SearchWords {
    /// A letter of ASCII in lower case, or a digit; 0 for all else.
    @inline(__always)
    private static func folded(_ byte: UInt8) -> UInt8 {
        // Arithmetic instead of a table: this is asked for every byte of a site.
        let small = byte | 0x20
        if small &- UInt8(ascii: "a") < 26 { return small }
        return byte &- UInt8(ascii: "0") < 10 ? byte : 0
    }

    /// Takes a run of letters that begins here and has some beyond ASCII; returns where what follows it begins.
    private static func takeBeyondASCII(
        _ text: UnsafeBufferPointer<UInt8>,
        from start: Int,
        _ found: (UnsafeBufferPointer<UInt8>, Bool) -> Void
    ) -> Int {
        var word = String.UnicodeScalarView()
        func end() {
            defer { word.removeAll(keepingCapacity: true) }
            guard !word.isEmpty else { return }
            var plain = String(word).lowercased().precomposedStringWithCanonicalMapping
            let isASCII = plain.utf8.allSatisfy { $0 < 0x80 }
            plain.withUTF8 { if $0.count <= longest { found($0, isASCII) } }
        }
        var position = start
        while position < text.count {
            let (scalar, length) = scalar(text, at: position)
            position += length
            guard isPartOfWord(scalar) else { break }
            if standsAlone(scalar) { end() }
            word.append(scalar)
            if standsAlone(scalar) { end() }
        }
        end()
        return position
    }

    /// The character at a position and its length; what is no UTF-8 becomes U+FFFD.
    private static func scalar(_ text: UnsafeBufferPointer<UInt8>, at position: Int) -> (Unicode.Scalar, Int)
    {
        var iterator = text[position...].prefix(4).makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return ("\u{fffd}", 1) }
        return (scalar, UTF8.width(scalar))
    }

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }

    /// Han, Hiragana and Katakana.
    private static func standsAlone(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3040...0x30ff, 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff: true
        default: false
        }
    }
}
