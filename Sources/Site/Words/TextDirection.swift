/// Which way a language is written, for `<html dir>`.
enum TextDirection: String {
    case leftToRight = "ltr"
    case rightToLeft = "rtl"

    /// By the script that a language tag names, and else by the one that the language is mostly written in
    /// (CLDR, "Character Orientation").
    init(language tag: String) {
        let parts = tag.lowercased().split(separator: "-").map(String.init)
        // Second, unless extended language subtags stand before it (RFC 5646 §2.1); regions and variants are of other lengths.
        let script = parts.dropFirst().first { $0.utf8.count == 4 && $0.utf8.allSatisfy { $0 > 0x39 } }
        let isRightToLeft = script.map(Self.scripts.contains) ?? Self.languages.contains(parts.first ?? "")
        self = isRightToLeft ? .rightToLeft : .leftToRight
    }

    private static let scripts: Set = ["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"]
    private static let languages: Set = [
        "ar", "arc", "arz", "ary", "azb", "bal", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc",
        "mzn",
        "nqo", "pnb", "ps", "sd", "skr", "syr", "ug", "ur", "yi",
    ]
}
