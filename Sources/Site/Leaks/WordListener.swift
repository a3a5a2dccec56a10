/// Hears the words of a text, each as a number, from a reader that knows the text's form.
///
/// One listener collects what private pages own (`OwnedPhrases`), the other looks for it (`PhraseSearch`).
protocol WordListener {
    /// A word of the running text.
    mutating func word(_ word: UInt64)
    /// A word that stands beside the text: in an attribute, a comment or a script.
    mutating func asideWord(_ word: UInt64)
    /// The attribute, comment or script has ended.
    mutating func asideEnds()
    /// A tag that parts what stands before it from what stands behind it.
    mutating func part(_ part: TextPart)
}

/// How much a tag parts.
enum TextPart {
    /// Within a sentence, such as a link.
    case piece
    /// A paragraph, an item, a cell.
    case block
}
