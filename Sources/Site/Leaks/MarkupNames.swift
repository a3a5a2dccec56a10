/// The names of tags and attributes that make a difference to `MarkupReader`, as numbers that are quick to compare.
enum MarkupNames {
    /// What may follow a `<` that is no sign for "less".
    static func beginsTag(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
            || isLetter(byte)
    }

    static func isName(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x3a).contains(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_")
    }

    static func appending(_ byte: UInt8, to name: UInt64) -> UInt64 {
        name &* 0x100_0000_01b3 &+ UInt64(isLetter(byte) ? byte | 0x20 : byte)
    }

    /// How a tag parts the text; nil where it only dresses some words of it.
    static func part(_ name: UInt64) -> TextPart? {
        if dresses.contains(name) { return nil }
        return pieces.contains(name) ? .piece : .block
    }

    static func holdsCode(_ name: UInt64) -> Bool { code.contains(name) }

    /// Whether an attribute speaks to programs only, and never holds words of a page.
    static func isTechnical(_ name: UInt64) -> Bool { technical.contains(name) }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }

    private static func numbers(_ names: String) -> Set<UInt64> {
        Set(names.split(separator: " ").map { $0.utf8.reduce(0) { appending($1, to: $0) } })
    }

    private static let dresses = numbers(
        "abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small strike strong sub sup tt u var wbr"
    )
    private static let pieces = numbers("a br button img input label span svg time")
    private static let code = numbers("script style")
    private static let technical = numbers(
        "align aria-controls aria-current aria-describedby aria-expanded aria-hidden aria-labelledby aria-level "
            + "autocomplete charset class color cols colspan cx cy d dir display decoding fill for height http-equiv id "
            + "integrity lang loading media method name preserveaspectratio property r rel role rows rowspan rx ry "
            + "scope size sizes start stroke stroke-linecap stroke-linejoin stroke-width style tabindex target "
            + "transform type viewbox width x x1 x2 xml:lang xmlns y y1 y2"
    )
}
