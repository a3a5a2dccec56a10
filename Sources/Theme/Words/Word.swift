/// One of the theme's own words or sentences, in one language.
package enum Word: Hashable, Sendable {
    case text(WordText)
    /// By the number that is counted; `other` stands for each form that is not there.
    case forms([PluralForm: WordText], other: WordText, language: String)
    /// Such as the names of the months.
    case list([String])

    /// Everything that it may say.
    package var texts: [WordText] {
        switch self {
        case .text(let text): [text]
        case .forms(let forms, let other, _):
            forms.sorted { $0.key.rawValue < $1.key.rawValue }.map(\.value) + [other]
        case .list: []
        }
    }

    /// Whether it must be told a number.
    package var isCounted: Bool {
        if case .forms = self { return true }
        return texts.contains { $0.values.contains(WordText.count) }
    }
}

extension Word {
    /// As a part of a template; `number` names the value that it is counted by.
    func source(counting number: String?) -> String {
        switch self {
        case .text(let text): return text.source(counting: number)
        case .list(let list): return list.joined(separator: ", ")
        case .forms(let forms, let other, let language):
            let rule = PluralRule(language: language)
            // Each form where it fits, and else the next.
            return rule.forms.reversed().reduce(other.source(counting: number)) { rest, form in
                guard form != .other, let text = forms[form] else { return rest }
                let name = "\(PluralRule.transform(rule, form))(\(number ?? WordText.count))"
                return
                    "{{#\(name)}}\(text.source(counting: number)){{/\(name)}}{{^\(name)}}\(rest){{/\(name)}}"
            }
        }
    }

    func filled(_ values: [String: String], count: Int?) -> String {
        var values = values
        if let count { values[WordText.count] = String(count) }
        switch self {
        case .text(let text): return text.filled(values)
        case .list(let list): return list.joined(separator: ", ")
        case .forms(let forms, let other, let language):
            let form = count.map { PluralRule(language: language).form(for: $0) }
            return (form.flatMap { forms[$0] } ?? other).filled(values)
        }
    }
}

extension PluralRule {
    /// How a template asks whether a number takes a form: `plural_arabic_few(page.minutes)`.
    static func transform(_ rule: PluralRule, _ form: PluralForm) -> String {
        "plural_\(rule.rawValue)_\(form.rawValue)"
    }

    /// What that answers; nil for anything else that a template may ask of a number.
    static func answer(to transform: String, for number: Int) -> Bool? {
        let parts = transform.split(separator: "_")
        guard parts.count == 3, parts[0] == "plural", let rule = PluralRule(rawValue: String(parts[1])),
            let form = PluralForm(rawValue: String(parts[2]))
        else { return nil }
        return rule.form(for: number) == form
    }
}

extension Word {
    /// For the file of a release that holds the words of the server's pages.
    var value: TemplateValue {
        switch self {
        case .text(let text): return .text(text.written)
        case .list(let list): return .list(list.map(TemplateValue.text))
        case .forms(let forms, let other, let language):
            var table = ["language": TemplateValue.text(language), "other": .text(other.written)]
            for (form, text) in forms { table[form.rawValue] = .text(text.written) }
            return .table(table)
        }
    }

    /// Nil for what is no word.
    init?(_ value: TemplateValue) {
        func text(_ value: TemplateValue?) -> WordText? {
            if case .text(let text)? = value { WordText(text) } else { nil }
        }
        switch value {
        case .text(let written):
            guard let text = WordText(written) else { return nil }
            self = .text(text)
        case .list(let list):
            self = .list(list.compactMap { if case .text(let text) = $0 { text } else { nil } })
        case .table(let table):
            guard let other = text(table["other"]), case .text(let language)? = table["language"] else {
                return nil
            }
            let forms = PluralForm.allCases.compactMap { form in text(table[form.rawValue]).map { (form, $0) }
            }
            self = .forms(
                Dictionary(forms.filter { $0.0 != .other }) { first, _ in first },
                other: other,
                language: language
            )
        default: return nil
        }
    }
}
