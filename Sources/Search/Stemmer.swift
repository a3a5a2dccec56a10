internal import CStemmer

/// The stems of one language's words, by the Snowball project's rules; for one task at a time.
struct Stemmer: ~Copyable {
    private let stemmer: OpaquePointer?

    /// Takes a language tag such as `en` or `pt-BR` (BCP 47).
    ///
    /// Words of a language that Snowball does not know are their own stems.
    init(language: String) {
        let name = language.prefix { $0 != "-" }.lowercased()
        stemmer = sb_stemmer_new(name, "UTF_8")
    }

    deinit { sb_stemmer_delete(stemmer) }

    /// Calls `use` with the stem of a word in lower case; the bytes are good until it returns.
    borrowing func withStem<Result>(
        of word: UnsafeBufferPointer<UInt8>,
        _ use: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard let stemmer, let stem = sb_stemmer_stem(stemmer, word.baseAddress, Int32(word.count)) else {
            return use(word)
        }
        // The text is the stemmer's own, and good until the next word.
        return use(UnsafeBufferPointer(start: stem, count: Int(sb_stemmer_length(stemmer))))
    }
}
