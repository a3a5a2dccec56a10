/// A route's arguments, each through Appwrite's validator. All of them throw `general_argument_invalid`.
extension Call {
    /// 1 to 36 of `A-Z a-z 0-9 . _ -`, the first a letter or digit.
    func id(_ name: String) throws(Refusal) -> String {
        let text = try required(name)
        guard Self.isID(text) else {
            throw .argument(
                name,
                "Value must have at most 36 of a-z, A-Z, 0-9, period, hyphen and underscore."
            )
        }
        return text
    }

    /// An id, or `unique()` for one that the service makes up.
    func newID(_ name: String, _ directory: Directory) throws(Refusal) -> String {
        try required(name) == "unique()" ? directory.newID() : id(name)
    }

    func email(_ name: String) throws(Refusal) -> String {
        let text = try required(name)
        guard Self.isEmail(text) else { throw .argument(name, "Value must be a valid email address") }
        return text
    }

    /// 8 to 256 characters.
    func password(_ name: String) throws(Refusal) -> String {
        let text = try required(name)
        guard (8...256).contains(text.unicodeScalars.count) else {
            throw .argument(name, "Password must be between 8 and 256 characters long.")
        }
        return text
    }

    /// `+` and 7 to 15 digits, the first of them not 0.
    func phone(_ name: String) throws(Refusal) -> String {
        let text = try required(name)
        guard Self.isPhone(text) else {
            throw .argument(name, "Phone number must start with a '+' can have a maximum of fifteen digits.")
        }
        return text
    }

    func text(_ name: String, _ lengths: ClosedRange<Int>) throws(Refusal) -> String {
        let text = try required(name)
        guard lengths.contains(text.unicodeScalars.count) else {
            throw .argument(name, "Value must be a valid string with \(lengths) characters")
        }
        return text
    }

    /// Empty where it is not there.
    func optionalText(_ name: String, max: Int) throws(Refusal) -> String {
        switch parameters[name] {
        case nil, .null: ""
        default: try text(name, 0...max)
        }
    }

    func flag(_ name: String) throws(Refusal) -> Bool {
        switch parameters[name] {
        case nil, .null: throw .missing(name)
        case .flag(let flag): flag
        case .text("true"), .text("1"): true
        case .text("false"), .text("0"): false
        default: throw .argument(name, "Value must be a valid boolean")
        }
    }

    /// A whole number in a range, or `standard` where it is not there.
    func number(_ name: String, _ range: ClosedRange<Int>, else standard: Int) throws(Refusal) -> Int {
        guard let value = parameters[name], value != .null else { return standard }
        if case .number(let number) = value, let whole = Int(exactly: number), range.contains(whole) {
            return whole
        }
        throw .argument(
            name,
            "Value must be a valid range between \(range.lowerBound) and \(range.upperBound)"
        )
    }

    func object(_ name: String) throws(Refusal) -> JSONValue {
        guard let value = parameters[name] else { throw .missing(name) }
        // PHP reads an empty list and an empty object alike.
        if value == .list([]) { return [:] }
        guard value.members != nil, value.json.utf8.count <= 65_536 else {
            throw .argument(name, "Value must be a valid object of at most 64 kB")
        }
        return value
    }

    /// A list of texts; empty where it is optional and not there.
    func texts(_ name: String, isOptional: Bool = false, check: (String) -> Bool = { _ in true })
        throws(Refusal)
        -> [String]
    {
        guard let value = parameters[name] else {
            if isOptional { return [] }
            throw .missing(name)
        }
        let texts = value.list?.compactMap(\.text)
        guard let texts, texts.count == value.list?.count, texts.count <= 100, texts.allSatisfy(check) else {
            throw .argument(name, "Value must a valid array of at most 100 valid strings")
        }
        return texts
    }

    /// Empty, or a URL on one of the platforms.
    func platformURL(_ name: String, _ configuration: IdentityConfiguration) throws(Refusal) -> String {
        let text = try optionalText(name, max: 2048)
        guard text.isEmpty || URLParts(text).map({ configuration.allows(host: $0.host) }) == true else {
            throw .argument(
                name,
                "URL host must be one of: \(configuration.platforms.sorted().joined(separator: ", "))"
            )
        }
        return text
    }

    /// True where a value was given, be it a good one.
    func has(_ name: String) -> Bool { parameters[name] ?? .null != .null }

    private func required(_ name: String) throws(Refusal) -> String {
        guard let value = parameters[name], value != .null else { throw .missing(name) }
        guard let text = value.text else { throw .argument(name, "Value must be a valid string") }
        return text
    }
}

extension Call {
    static func isID(_ text: String) -> Bool {
        guard let first = text.utf8.first, isAlphanumeric(first) else { return false }
        return text.utf8.count <= 36 && text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    static func isPhone(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.hasPrefix("+") && (7...15).contains(digits.count) && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    /// As strict as PHP's `FILTER_VALIDATE_EMAIL` on what people type.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else {
            return false
        }
        let (local, domain) = (parts[0], parts[1].split(separator: ".", omittingEmptySubsequences: false))
        let forbidden = "()<>[]:;,\\\" "
        guard (1...64).contains(local.count), !local.contains(where: forbidden.contains) else { return false }
        guard !local.hasPrefix("."), !local.hasSuffix("."), !local.contains("..") else { return false }
        return domain.count >= 2
            && domain.allSatisfy { label in
                !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
            }
    }
}
