import Ground
import Settings
import Theme

/// A file of words, such as `words/de.yaml`: what a theme, or a site that knows better, says in one language.
struct WordFile: Sendable {
    struct Entry: Sendable {
        let name: String
        /// Where the name stands.
        let place: Place
        let word: Word
    }

    let language: String
    /// As messages show it.
    let file: String
    let entries: [Entry]
    private let positions: [String: Int]
    let problems: [Diagnostic]

    init(_ text: String, language: String, file: String) {
        self.language = language
        self.file = file
        let (root, found) = YAMLDocument.reading(text, file: file)
        let reading = YAMLReading()
        found.forEach(reading.report)
        var entries: [Entry] = []
        switch root.content {
        case .nothing: break
        case .table(let all):
            for entry in all {
                guard let word = Self.word(entry, language, reading) else { continue }
                entries.append(Entry(name: entry.key, place: entry.place, word: word))
            }
        default: reading.report(at: root.place, "a file of words is a table, found \(root.found)")
        }
        self.entries = entries
        positions = Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first }
        problems = reading.diagnostics
    }

    subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }
}

extension WordFile {
    private static func word(_ entry: YAMLEntry, _ language: String, _ reading: YAMLReading) -> Word? {
        switch entry.value.content {
        case .scalar: return text(entry.value, of: entry.key, reading).map(Word.text)
        case .table(let forms): return word(forms, of: entry, language, reading)
        case .list(let values):
            let texts = values.compactMap { text($0, of: entry.key, reading) }
            if texts.contains(where: { !$0.values.isEmpty }) {
                reading.report(at: entry.value.place, "the words of a list show no values")
            }
            return texts.count == values.count ? .list(texts.map(\.written)) : nil
        case .nothing:
            reading.report(at: entry.place, "'\(entry.key)' says nothing", advice: "write a text behind it")
            return nil
        }
    }

    private static func word(
        _ entries: [YAMLEntry],
        of word: YAMLEntry,
        _ language: String,
        _ reading: YAMLReading
    ) -> Word? {
        let known = PluralRule(language: language).forms
        var forms: [PluralForm: WordText] = [:]
        for entry in entries {
            guard let form = PluralForm(rawValue: entry.key), known.contains(form) else {
                let names = known.map(\.rawValue)
                reading.report(
                    at: entry.place,
                    "numbers have no form '\(entry.key)' in '\(language)'",
                    advice: Suggestion.nearest(to: entry.key, in: names).map { "did you mean '\($0)'?" }
                        ?? "its forms are " + names.joined(separator: ", ")
                )
                continue
            }
            forms[form] = text(entry.value, of: entry.key, reading)
        }
        guard let other = forms.removeValue(forKey: .other) else {
            if !entries.contains(where: { $0.key == PluralForm.other.rawValue }) {
                let advice = "add 'other', which every number has that no form is for"
                reading.report(at: word.place, "'\(word.key)' has no form 'other'", advice: advice)
            }
            return nil
        }
        return .forms(forms, other: other, language: language)
    }

    private static func text(_ value: YAMLValue, of name: String, _ reading: YAMLReading) -> WordText? {
        guard case .scalar(let written, _) = value.content, !written.isEmpty else {
            reading.report(at: value.place, "'\(name)' must be a text, found \(value.found)")
            return nil
        }
        if let text = WordText(written) { return text }
        let advice = "braces are for values only, as in '{{count}}'"
        reading.report(at: value.place, "the braces in '\(name)' are not understood", advice: advice)
        return nil
    }
}
