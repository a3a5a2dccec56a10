/// The words of some documents: which there are, and how often each document says each.
///
/// Made of a part of the documents, so that several tasks can work; `SearchIndex` joins them.
package struct SearchTally: Sendable {
    /// That a document says a stem.
    struct Entry: Sendable {
        let stem: Int32
        /// Among the documents of this tally.
        let document: Int32
        /// In its texts and headings; no more than fit.
        var count: UInt16
        var isInHeading: Bool
        var isInTitle: Bool
    }

    /// A stem, and a word as it is compared that has it.
    struct Form: Sendable {
        let stem: Int32
        let form: Int32
    }

    private(set) var stems = WordTable()
    private(set) var forms = WordTable()
    /// By word in lower case: what it has in common with others, and how it is compared.
    private(set) var pairs: [Form] = []
    /// By document.
    private(set) var entries: [Entry] = []
    /// By document: how many words it has, and how many of them its title.
    private(set) var lengths: [(all: Int, title: Int)] = []

    private var words = WordTable()
    /// By stem: where its last entry is.
    private var latest: [Int32] = []

    /// Takes a language tag such as `en` or `pt-BR` (BCP 47); costs time in proportion to the texts.
    package init(_ documents: [SearchDocument], language: String) {
        let stemmer = Stemmer(language: language)
        for document in documents { add(document, stemmer) }
        words = WordTable()
        latest = []
    }
}

extension SearchTally {
    private enum Place {
        case title, heading, text
    }

    private mutating func add(_ document: SearchDocument, _ stemmer: borrowing Stemmer) {
        let title = add(Array(document.title.utf8), .title, stemmer)
        var length = title
        for part in document.parts {
            length += add(part.heading, .heading, stemmer)
            length += add(part.text, .text, stemmer)
        }
        lengths.append((length, title))
    }

    /// Returns how many words it were.
    private mutating func add(_ text: [UInt8], _ place: Place, _ stemmer: borrowing Stemmer) -> Int {
        var count = 0
        text.withUnsafeBufferPointer { bytes in
            SearchWords.each(in: bytes) { word, isASCII in
                count += 1
                note(stem(of: word, isASCII, stemmer), place)
            }
        }
        return count
    }

    @inline(__always)
    private mutating func stem(
        of word: UnsafeBufferPointer<UInt8>,
        _ isASCII: Bool,
        _ stemmer: borrowing Stemmer
    ) -> Int32 {
        let number = words.number(of: word)
        if number < pairs.count { return pairs[number].stem }
        let stem = stemmer.withStem(of: word) { Int32(stems.number(of: $0)) }
        if Int(stem) == latest.count { latest.append(-1) }
        let form =
            isASCII
            ? forms.number(of: word)
            : forms.number(of: SearchWords.withoutAccents(String(decoding: word, as: UTF8.self)))
        pairs.append(Form(stem: stem, form: Int32(form)))
        return stem
    }

    @inline(__always)
    private mutating func note(_ stem: Int32, _ place: Place) {
        let document = Int32(lengths.count)
        var position = Int(latest[Int(stem)])
        if position < 0 || entries[position].document != document {
            position = entries.count
            latest[Int(stem)] = Int32(position)
            entries.append(
                Entry(stem: stem, document: document, count: 0, isInHeading: false, isInTitle: false)
            )
        }
        switch place {
        case .title: entries[position].isInTitle = true
        case .heading:
            entries[position].isInHeading = true
            entries[position].count = max(entries[position].count, entries[position].count &+ 1)
        case .text: entries[position].count = max(entries[position].count, entries[position].count &+ 1)
        }
    }
}
