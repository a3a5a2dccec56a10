@testable import Search

extension SearchWords {
    /// The words of a text as they are compared.
    static func compared(_ text: String) -> [String] {
        var words: [String] = []
        var text = text
        text.withUTF8 { bytes in
            each(in: bytes) { word, isASCII in
                let plain = String(decoding: word, as: UTF8.self)
                words.append(isASCII ? plain : withoutAccents(plain))
            }
        }
        return words
    }
}
