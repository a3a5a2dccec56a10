/// Which form of a word goes with a number, as the languages of the world have it (Unicode CLDR, "Language Plural Rules",
/// for whole numbers).
package enum PluralRule: String, Sendable {
    /// One thing and several.
    case oneAndMore
    /// None counts as one.
    case upToOne
    case never
    case arabic, baltic, balkan, czech, dual, latvian, polish, romanian, russian, slovene

    /// The rule of a language tag; that of English for a language that is not known here.
    package init(language tag: String) {
        let tag = tag.lowercased()
        self = Self.byLanguage[tag] ?? Self.byLanguage[String(tag.prefix { $0 != "-" })] ?? .oneAndMore
    }

    /// The form for a number.
    package func form(for number: Int) -> PluralForm {
        let count = number.magnitude
        let (ten, hundred) = (count % 10, count % 100)
        let isTeen = (11...19).contains(hundred)
        let endsInOne = ten == 1 && hundred != 11
        let endsInFew = (2...4).contains(ten) && !(12...14).contains(hundred)
        switch self {
        case .never: return .other
        case .oneAndMore: return count == 1 ? .one : .other
        case .upToOne: return count < 2 ? .one : .other
        case .dual: return count == 1 ? .one : count == 2 ? .two : .other
        case .arabic: return Self.arabic(count)
        case .russian: return endsInOne ? .one : endsInFew ? .few : .many
        case .balkan: return endsInOne ? .one : endsInFew ? .few : .other
        case .polish: return count == 1 ? .one : endsInFew ? .few : .many
        case .czech: return count == 1 ? .one : (2...4).contains(count) ? .few : .other
        case .romanian: return count == 1 ? .one : count == 0 || (1...19).contains(hundred) ? .few : .other
        case .slovene:
            return hundred == 1 ? .one : hundred == 2 ? .two : (3...4).contains(hundred) ? .few : .other
        case .baltic: return isTeen || ten == 0 ? .other : ten == 1 ? .one : .few
        case .latvian: return isTeen || ten == 0 ? .zero : ten == 1 ? .one : .other
        }
    }

    /// All that a number can lead to.
    package var forms: [PluralForm] {
        switch self {
        case .never: [.other]
        case .oneAndMore, .upToOne: [.one, .other]
        case .dual: [.one, .two, .other]
        case .arabic: PluralForm.allCases
        case .russian, .polish: [.one, .few, .many, .other]
        case .balkan, .czech, .romanian, .baltic: [.one, .few, .other]
        case .slovene: [.one, .two, .few, .other]
        case .latvian: [.zero, .one, .other]
        }
    }
}

/// A form of a word.
package enum PluralForm: String, Sendable, CaseIterable {
    case zero, one, two, few, many, other
}

extension PluralRule {
    private static func arabic(_ count: UInt) -> PluralForm {
        switch (count, count % 100) {
        case (0, _): .zero
        case (1, _): .one
        case (2, _): .two
        case (_, 3...10): .few
        case (_, 11...99): .many
        default: .other
        }
    }

    private static let byLanguage: [String: PluralRule] = [
        "am": .upToOne, "ar": .arabic, "be": .russian, "bn": .upToOne, "bs": .balkan, "cs": .czech,
        "fa": .upToOne, "fr": .upToOne, "gu": .upToOne, "he": .dual, "hi": .upToOne, "hr": .balkan,
        "hy": .upToOne, "id": .never, "ja": .never, "kn": .upToOne, "ko": .never, "lo": .never, "lt": .baltic,
        "lv": .latvian, "mo": .romanian, "ms": .never, "my": .never, "pl": .polish, "pt": .upToOne,
        "pt-pt": .oneAndMore, "ro": .romanian, "ru": .russian, "sk": .czech, "sl": .slovene, "sr": .balkan,
        "th": .never, "uk": .russian, "vi": .never, "yue": .never, "zh": .never, "zu": .upToOne,
    ]
}
