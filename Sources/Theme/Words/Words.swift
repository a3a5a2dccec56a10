/// The words that a theme and this program add to an author's pages, in one language.
///
/// Where a word is not said in it, another language's stands there.
package struct Words: Sendable {
    /// A language tag.
    package let language: String
    private let words: [String: Word]

    package init(language: String, _ words: [String: Word] = [:]) {
        self.language = language
        self.words = words
    }

    package subscript(name: String) -> Word? { words[name] }

    /// A word for a person to read, with its values filled in; nil where there is none of this name.
    package func text(_ name: String, _ values: [String: String] = [:], count: Int? = nil) -> String? {
        words[name]?.filled(values, count: count)
    }

    /// A day such as `2026-03-01`, as one says it; the day as it is where the words have no months.
    package func date(_ day: String) -> String {
        let numbers = day.split(separator: "-").compactMap { Int($0) }
        guard case .list(let months)? = words["months"], numbers.count == 3,
            months.indices.contains(numbers[1] - 1)
        else { return day }
        let values = ["day": String(numbers[2]), "month": months[numbers[1] - 1], "year": String(numbers[0])]
        return text("date", values, count: numbers[2]) ?? day
    }
}

extension Words {
    /// For the release, whose server reads them back.
    package var value: TemplateValue { .table(words.mapValues(\.value)) }

    package init(language: String, value: TemplateValue?) {
        guard case .table(let table)? = value else {
            self.init(language: language)
            return
        }
        self.init(language: language, table.compactMapValues(Word.init))
    }

    /// What stands in a template for one of its references.
    func source(of reference: WordReference) -> String {
        words[reference.name]?.source(counting: reference.number) ?? ""
    }
}
