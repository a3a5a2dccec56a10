/// The quotation marks of a language.
package struct QuotationMarks: Sendable, Hashable {
    /// Around words, such as `“` and `”`; with the space inside where a language has one.
    package let open: String
    package let close: String
    /// Around words within a quotation.
    package let innerOpen: String
    package let innerClose: String

    package init(_ open: String, _ close: String, inner innerOpen: String, _ innerClose: String) {
        self.open = open
        self.close = close
        self.innerOpen = innerOpen
        self.innerClose = innerClose
    }

    /// Those of a language tag such as `de` or `pt-BR`; those of English for a language that is not known here.
    package init(language tag: String) {
        let tag = tag.lowercased()
        let language = tag.prefix { $0 != "-" }
        self = Self.byLanguage[tag] ?? Self.byLanguage[String(language)] ?? Self.english
    }

    private static let english = QuotationMarks("“", "”", inner: "‘", "’")
    private static let low = QuotationMarks("„", "“", inner: "‚", "‘")
    private static let angled = QuotationMarks("«", "»", inner: "“", "”")
    private static let equal = QuotationMarks("”", "”", inner: "’", "’")
    private static let slavic = QuotationMarks("«", "»", inner: "„", "“")

    private static let byLanguage: [String: QuotationMarks] = [
        "be": slavic, "bg": low, "cs": low, "da": equal, "de": low,
        "de-ch": QuotationMarks("«", "»", inner: "‹", "›"),
        "de-li": QuotationMarks("«", "»", inner: "‹", "›"), "el": angled, "es": angled, "et": low,
        "fi": equal,
        // With a narrow space that does not break.
        "fr": QuotationMarks("«\u{202f}", "\u{202f}»", inner: "“", "”"),
        "fr-ch": QuotationMarks("«", "»", inner: "‹", "›"), "hr": QuotationMarks("„", "”", inner: "‘", "’"),
        "hu": QuotationMarks("„", "”", inner: "»", "«"), "is": low, "it": angled, "lt": low,
        "nb": QuotationMarks("«", "»", inner: "‘", "’"), "nn": QuotationMarks("«", "»", inner: "‘", "’"),
        "no": QuotationMarks("«", "»", inner: "‘", "’"), "pl": QuotationMarks("„", "”", inner: "«", "»"),
        "pt-pt": angled, "ro": QuotationMarks("„", "”", inner: "«", "»"), "ru": slavic, "sk": low, "sl": low,
        "sv": equal, "uk": slavic,
    ]
}
