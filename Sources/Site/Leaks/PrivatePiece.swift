import Ground

/// Something that only a private page or file says, and that no public byte may say.
struct PrivatePiece: Sendable {
    /// What it is of its page; the raw value is how messages call it.
    enum Kind: String, Sendable {
        case text = "words"
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

    /// Running text, as a page shows it or a file holds it.
    static func text(_ file: ContentFile, _ text: [UInt8], _ form: TextForm) -> PrivatePiece {
        PrivatePiece(kind: .text, file: file, text: text, form: form, shortest: 4)
    }

    /// A phrase that is private as a whole; a single number or letter is no phrase.
    static func phrase(_ kind: Kind, _ file: ContentFile, _ text: String) -> PrivatePiece? {
        guard text.unicodeScalars.count(where: { $0.properties.isAlphabetic }) > 1 else { return nil }
        return PrivatePiece(kind: kind, file: file, text: Array(text.utf8), form: .plain, shortest: 1)
    }

    var phrases: OwnedPhrases {
        var owned = OwnedPhrases(shortest: shortest)
        form.read(text, into: &owned)
        return owned
    }
}
