internal import CStemmer

/// The stems of one language's words, by the Snowball project's rules.
///
/// Remembers what it was asked, since a site says the same words again and again. For one task at a time.
final class Stemmer {
    private let stemmer: OpaquePointer?
    private var known: [String: String] = [:]

    /// Takes a language tag such as `en` or `pt-BR` (BCP 47).
    ///
    /// Words of a language that Snowball does not know are their own stems.
    init(language: String) {
        let name = language.prefix { $0 != "-" }.lowercased()
        stemmer = sb_stemmer_new(name, "UTF_8")
    }

    deinit { sb_stemmer_delete(stemmer) }

    /// The stem of a word in lower case.
    func stem(of word: String) -> String {
        if let stem = known[word] { return stem }
        let stem = computed(word)
        known[word] = stem
        return stem
    }

    private func computed(_ word: String) -> String {
        guard let stemmer else { return word }
        var word = word
        return word.withUTF8 { bytes in
            guard let stem = sb_stemmer_stem(stemmer, bytes.baseAddress, Int32(bytes.count)) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            // The text is the stemmer's own, and good until the next word.
            let length = Int(sb_stemmer_length(stemmer))
            return String(decoding: UnsafeBufferPointer(start: stem, count: length), as: UTF8.self)
        }
    }
}
