import Ground
import HTTPTypes

/// In which of the site's languages a page of the runtime is.
struct SpokenLanguage {
    /// The site's own first.
    let languages: [String]

    /// By the language that was asked for, else that of the page which the visitor comes from or goes to, else the one that the
    /// browser asks for first of those that the site has, else the site's own.
    ///
    /// - Parameters:
    ///   - asked: a stranger's word, as it stands in a query.
    ///   - page: the path of a page of the site; nil where the visitor comes from none.
    ///   - fields: those of the request.
    /// - Returns: the tag of one of the site's languages.
    func language(asked: String? = nil, page: PagePath?, _ fields: HTTPFields) -> String {
        let own = languages.first ?? "en"
        guard languages.count > 1 else { return own }
        if let asked, languages.contains(asked) { return asked }
        if let page {
            let folder = page.text.dropFirst().prefix { $0 != "/" }
            return languages.dropFirst().first { $0 == folder } ?? own
        }
        return preferred(fields[values: .acceptLanguage].joined(separator: ",")) ?? own
    }
}

extension SpokenLanguage {
    /// The ranges of `Accept-Language` that are looked at; more are a stranger's.
    private static let mostRanges = 20

    /// RFC 9110 §12.5.4: the range with the highest weight that has a language here; of one weight, the first.
    private func preferred(_ field: String) -> String? {
        let ranges = field.split(separator: ",").prefix(Self.mostRanges).compactMap(Self.range)
        var best: (language: String, weight: Double)?
        for (tag, weight) in ranges where weight > best?.weight ?? 0 {
            if let language = language(for: tag) { best = (language, weight) }
        }
        return best?.language
    }

    /// As RFC 4647 §3.4 looks a range up: shortened until it fits; and `pt` is content with `pt-BR`.
    private func language(for range: String) -> String? {
        if range == "*" { return languages.first }
        var parts = range.split(separator: "-")
        while !parts.isEmpty {
            let tag = parts.joined(separator: "-")
            let lowered = languages.map { $0.lowercased() }
            if let place = lowered.firstIndex(of: tag)
                ?? lowered.firstIndex(where: { $0.hasPrefix(tag + "-") })
            {
                return languages[place]
            }
            parts.removeLast()
        }
        return nil
    }

    private static func range(_ text: Substring) -> (String, Double)? {
        let parts = text.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
        guard let tag = parts.first, tag.utf8.count <= 35 else { return nil }
        guard let weight = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) else { return (tag, 1) }
        return Double(weight.dropFirst(2)).map { (tag, $0) }
    }
}
