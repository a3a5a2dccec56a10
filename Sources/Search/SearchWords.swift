import Foundation

/// The words of a text as a search compares them.
///
/// A word is a run of letters and digits. Of scripts that part no words (Chinese, Japanese) each character is one. The
/// browser's script does the same to what is asked for, so the two must be changed together.
struct SearchWords {
    /// A word, in lower case as it was written, and without accents as it is compared.
    struct Word: Hashable {
        let plain: String
        let folded: String
    }

    /// Longer ones are no words that anybody types.
    private static let longest = 40

    /// Calls `found` for each word, in order; costs time in proportion to the text.
    static func each(in text: String, _ found: (Word) -> Void) {
        var bytes: [UInt8] = []
        var isASCII = true
        func end() {
            defer {
                bytes.removeAll(keepingCapacity: true)
                isASCII = true
            }
            guard !bytes.isEmpty, bytes.count <= longest * 4 else { return }
            let plain = String(decoding: bytes, as: UTF8.self)
            guard !isASCII else {
                if bytes.count <= longest { found(Word(plain: plain, folded: plain)) }
                return
            }
            let lower = plain.lowercased()
            let folded = lower.folding(options: .diacriticInsensitive, locale: nil)
            if folded.count <= longest, !folded.isEmpty { found(Word(plain: lower, folded: folded)) }
        }
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x61...0x7a, 0x30...0x39: bytes.append(UInt8(scalar.value))
            case 0x41...0x5a: bytes.append(UInt8(scalar.value) | 0x20)
            case 0..<0x80: end()
            default:
                guard isPartOfWord(scalar) else {
                    end()
                    continue
                }
                if standsAlone(scalar) { end() }
                isASCII = false
                bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
                if standsAlone(scalar) { end() }
            }
        }
        end()
    }
}

extension SearchWords {
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
