import Ground

/// Something that only a private page or file says, and that no public byte may say.
struct PrivatePiece: Sendable {
    /// What it is of its page; the raw value is how messages call it.
    enum Kind: String, Sendable {
        case text = "words"
        case word = "a word"
        case title = "the title"
        case menu = "the menu entry"
        case description = "the description"
        case heading = "a heading"
        case tag = "a tag"
        case author = "the author"
        case address = "the address"
        case digest = "the digest"
    }

    let kind: Kind
    /// Whose it is; the page's file, or the asset's.
    let file: ContentFile
    let text: [UInt8]
    let form: TextForm
    /// Blocks with fewer words are nobody's: they come together by chance.
    let shortest: Int
    /// The page whose parts for some it is of; nil where it is of a private page or file.
    private(set) var parts: PartSources?

    /// Running text, as a page shows it or a file holds it.
    static func text(_ file: ContentFile, _ text: [UInt8], _ form: TextForm) -> PrivatePiece {
        PrivatePiece(kind: .text, file: file, text: text, form: form, shortest: 4)
    }

    /// A phrase that is private as a whole; a single number or letter is no phrase.
    static func phrase(_ kind: Kind, _ file: ContentFile, _ text: String) -> PrivatePiece? {
        guard text.unicodeScalars.count(where: { $0.properties.isAlphabetic }) > 1 else { return nil }
        return PrivatePiece(kind: kind, file: file, text: Array(text.utf8), form: .plain, shortest: 1)
    }

    /// Every single word of a page's HTML.
    static func words(_ file: ContentFile, _ html: [UInt8]) -> PrivatePiece {
        PrivatePiece(kind: .word, file: file, text: html, form: .markup, shortest: 1)
    }

    func of(_ parts: PartSources) -> PrivatePiece {
        var piece = self
        piece.parts = parts
        return piece
    }

    var phrases: OwnedPhrases {
        var owned = OwnedPhrases(shortest: shortest, isSingly: kind == .word)
        form.read(text, into: &owned)
        return owned
    }
}
