import HTTPTypes

/// `X-Appwrite-Response-Format`: which version's answers a client was written for.
enum ResponseFormat {
    /// The answer as an older version gave it; a newer one than ours is only warned of (contract, section 2).
    static func apply(_ wanted: String, to answer: inout Answer) {
        guard let version = numbers(wanted) else { return }
        if isOlder(current, version) {
            answer.headers[.appwriteWarning] =
                "The current SDK is built for Appwrite \(wanted). However, the current Appwrite server version is 1.9.6."
        }
        guard case .json(let value) = answer.body else { return }
        var dropped: Set<String> = []
        for (since, keys) in added where isOlder(version, since) { dropped.formUnion(keys) }
        guard !dropped.isEmpty else { return }
        answer.body = .json(value.without(dropped))
    }

    private static let current = [1, 9, 6]

    /// Since when answers have which fields.
    private static let added: [([Int], [String])] = [
        ([1, 9, 0], ["impersonator", "impersonatorUserId"]),
        ([1, 9, 2], ["userPhone"]),
        ([1, 5, 0], ["targets", "mfa", "factors", "secret", "phrase"]),
    ]

    private static func numbers(_ text: String) -> [Int]? {
        let parts = text.split(separator: ".").map { Int($0.prefix { $0.isNumber }) }
        let numbers = parts.compactMap(\.self)
        return numbers.count == 3 && parts.count == 3 ? numbers : nil
    }

    private static func isOlder(_ left: [Int], _ right: [Int]) -> Bool {
        left.lexicographicallyPrecedes(right)
    }
}

extension JSONValue {
    /// The value without these keys, at any depth but in preferences.
    fileprivate func without(_ keys: Set<String>) -> JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.filter { !keys.contains($0.key) }.map { member in
                    member.key == "prefs" ? member : .init(key: member.key, value: member.value.without(keys))
                }
            )
        case .list(let list): .list(list.map { $0.without(keys) })
        default: self
        }
    }
}
