import Ground

/// One word of a taxonomy, such as `money` of `tags`, and the lists of its pages.
struct Term: Sendable {
    let slug: String
    /// In the order of lists.
    let pages: [Int]
    let editions: [Edition]
    /// By page: how that page spells it.
    private let spellings: [Int: String]

    init(slug: String, uses: [TermUse], editions: [Edition]) {
        self.slug = slug
        self.editions = editions
        pages = uses.map(\.page)
        spellings = Dictionary(uses.map { ($0.page, $0.spelling) }) { first, _ in first }
    }

    /// As the first page of an edition spells it: another spelling may be a private page's.
    func title(in edition: Edition) -> String {
        edition.pages.lazy.compactMap { spellings[$0] }.first ?? slug
    }

    /// What makes two spellings one term: letters of one case, and blanks.
    static func key(of spelling: String) -> String {
        spelling.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The term as one part of an address; empty where nothing of it can be in one.
    static func slug(of spelling: String) -> String {
        var words: [String] = []
        var word = ""
        for character in spelling.lowercased() {
            if character.isLetter || character.isNumber {
                word.append(character)
                continue
            }
            if !word.isEmpty { words.append(word) }
            word = ""
            // C, C++ and C# are three languages.
            if let name = names[character] { words.append(name) }
        }
        if !word.isEmpty { words.append(word) }
        return words.joined(separator: "-")
    }

    private static let names: [Character: String] = ["+": "plus", "#": "sharp", "&": "and"]
}

/// A page that has a term.
struct TermUse: Sendable {
    /// A position in the model.
    let page: Int
    let spelling: String
}
