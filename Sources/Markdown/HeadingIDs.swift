internal import Ground

/// The ids of one page's headings.
struct HeadingIDs {
    private var taken: Set<String> = []
    /// Where the ids that authors have set stand.
    private var places: [String: Place] = [:]
    /// The number to try first for a slug that is taken, so that a thousand equal headings cost no more than others.
    private var numbers: [String: Int] = [:]
    /// The same for headings that not all readers of the page see, so that they change nothing for the others.
    private var numbersInParts: [String: Int] = [:]
    /// The ids of the headings that all readers see.
    var shared: Set<String> = []
    /// Whether what comes is for some of the page's readers.
    var isInPart = false

    /// Takes an id that an author has set, so that no heading gets it by its words.
    mutating func reserve(_ id: String) {
        taken.insert(id)
    }

    /// Remembers where an author has set an id; gives the place where it was set before, if it was.
    mutating func set(_ id: String, at place: Place) -> Place? {
        if let first = places[id] { return first }
        places[id] = place
        return nil
    }

    /// A free id made of a heading's words: `Two words!` is `two-words`, the next one `two-words-1`.
    mutating func id(for text: [UInt8]) -> String {
        let slug = Self.slug(text)
        if isInPart { return idInPart(slug) }
        guard !taken.insert(slug).inserted else { return slug }
        var number = numbers[slug] ?? 1
        while !taken.insert("\(slug)-\(number)").inserted { number += 1 }
        numbers[slug] = number + 1
        return "\(slug)-\(number)"
    }

    /// One that no heading has that all readers see, wherever it stands.
    private mutating func idInPart(_ slug: String) -> String {
        if !shared.contains(slug), taken.insert(slug).inserted { return slug }
        var number = numbersInParts[slug] ?? 1
        while shared.contains("\(slug)-\(number)") || !taken.insert("\(slug)-\(number)").inserted {
            number += 1
        }
        numbersInParts[slug] = number + 1
        return "\(slug)-\(number)"
    }

    /// Lower-case letters, digits, marks, `-` and `_` stay, a space is `-`, all else goes, as on GitHub.
    ///
    /// A heading without any of these is `section`.
    static func slug(_ text: [UInt8]) -> String {
        guard !text.contains(where: { $0 >= 0x80 }) else { return unicodeSlug(text) }
        let slug = String(unsafeUninitializedCapacity: text.count) { slug in
            var count = 0
            for byte in text {
                guard let kept = slugByte(byte) else { continue }
                slug[count] = kept
                count += 1
            }
            return count
        }
        return slug.isEmpty ? "section" : slug
    }
}

extension HeadingIDs {
    /// What an ASCII character becomes; nil for one that goes.
    private static func slugByte(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            byte
        case UInt8(ascii: " "): UInt8(ascii: "-")
        default: nil
        }
    }

    private static func unicodeSlug(_ text: [UInt8]) -> String {
        var slug = ""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if scalar == " " {
                slug += "-"
            } else if scalar == "-" || isWordPart(scalar) {
                slug += scalar.properties.lowercaseMapping
            }
        }
        return slug.isEmpty ? "section" : slug
    }

    private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation:
            true
        default: false
        }
    }
}
