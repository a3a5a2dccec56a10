/// All words of some documents, as they are compared; for checking an index against them.
package struct SearchVocabulary: Sendable {
    /// In lower case, as they are written.
    private var words = WordTable()
    private var compared = WordTable()

    package init() {}

    package mutating func add(_ document: SearchDocument) {
        add(Array(document.title.utf8))
        for part in document.parts {
            add(part.heading)
            add(part.text)
        }
    }

    package mutating func add(_ other: SearchVocabulary) {
        for number in 0..<other.compared.count { _ = compared.number(of: other.compared[number]) }
    }

    package func has(_ word: some StringProtocol) -> Bool { compared.has(String(word)) }

    private mutating func add(_ text: [UInt8]) {
        text.withUnsafeBufferPointer { text in
            SearchWords.each(in: text) { word, isASCII in
                let known = words.count
                guard words.number(of: word) == known else { return }
                let plain = String(decoding: word, as: UTF8.self)
                _ = compared.number(of: isASCII ? plain : SearchWords.withoutAccents(plain))
            }
        }
    }
}
