package import Ground

/// A template's `{{words.…}}`.
package struct WordReference: Hashable, Sendable {
    /// What follows `words.`, such as `sign_in`.
    package let name: String
    /// The value that it is counted by: `page.minutes` of `{{words.minutes_to_read(page.minutes)}}`; nil where there is none.
    package let number: String?
    package let place: Place
    /// The tag's bytes in the template.
    let range: Range<Int>

    /// Nil for every other tag.
    init?(_ tag: TemplateTag) {
        guard tag.kind == .variable, tag.name.hasPrefix(Self.prefix) else { return nil }
        let parts = tag.name.dropFirst(Self.prefix.count).split(separator: "(", maxSplits: 1)
        guard let first = parts.first else { return nil }
        name = String(first)
        number = parts.count > 1 ? String(parts[1].prefix { $0 != ")" }) : nil
        place = tag.place
        range = tag.range
    }

    static let prefix = "words."
}

extension Template {
    var wordReferences: [WordReference] { tags.compactMap(WordReference.init) }

    /// The template with its words in a language.
    func speaking(_ words: Words) throws(Diagnostics) -> Template {
        let references = wordReferences
        guard !references.isEmpty else { return self }
        let bytes = Array(text.utf8)
        var spoken: [UInt8] = []
        var position = 0
        for reference in references {
            spoken += bytes[position..<reference.range.lowerBound] + Array(words.source(of: reference).utf8)
            position = reference.range.upperBound
        }
        spoken += bytes[position...]
        return try Template(self, saying: String(decoding: spoken, as: UTF8.self))
    }
}

extension Theme {
    /// The same theme with its words in a language: what they are is settled here, once, and not as pages are filled.
    package func speaking(_ words: Words) throws(Diagnostics) -> Theme {
        guard !wordReferences.isEmpty else { return self }
        var spoken: [Template] = []
        for template in templates { spoken.append(try template.speaking(words)) }
        return Theme(self, templates: spoken)
    }
}
