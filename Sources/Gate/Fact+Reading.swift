import Ground

/// Why a text names nothing that could be known of a member, for its author.
package struct FactMistake: Error, Equatable {
    package let problem: String
    package let advice: String
}

extension Fact {
    /// Reads the notation of `Fact.text`.
    package init(_ text: String) throws(FactMistake) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init
        )
        switch (parts[0], parts.count) {
        case ("verified", 1): self = .verified
        case ("mfa", 1): self = .secondFactor
        case ("label", 2): self = try Fact(label: parts[1])
        case ("team", 2): self = try Fact(team: parts[1])
        case ("email", 2): self = try Fact(domain: parts[1])
        default:
            throw FactMistake(
                problem: "'\(text)' is nothing that can be asked of a member",
                advice: Suggestion.nearest(to: parts[0], in: Self.words).map { "did you mean '\($0)'?" }
                    ?? "known are label:NAME, team:ID, team:ID/ROLE, email:@DOMAIN, verified and mfa"
            )
        }
    }

    /// A label as Appwrite has them: letters and digits.
    package init(label name: String) throws(FactMistake) {
        guard (1...36).contains(name.utf8.count), name.utf8.allSatisfy(Self.isLetterOrDigit) else {
            throw FactMistake(
                problem: "no label can be called '\(name)'",
                advice: "a label has 1 to 36 letters and digits, without accents"
            )
        }
        self = .label(name)
    }

    /// The id of a team, or `ID/ROLE`, as Appwrite writes the role of a team member.
    package init(team text: String) throws(FactMistake) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 2, parts.allSatisfy(Self.isID) else {
            throw FactMistake(
                problem: "no team and no role in one can be called '\(text)'",
                advice:
                    "write a team by its id, as in board, and a role behind it, as in board/chair: up to 36 letters, digits, '.', '-' and '_'"
            )
        }
        self = parts.count == 2 ? .role(parts[1], team: parts[0]) : .team(parts[0])
    }

    /// The domain of an e-mail address behind its `@`; upper and lower case are one.
    package init(domain text: String) throws(FactMistake) {
        guard text.hasPrefix("@") else {
            throw FactMistake(
                problem: text.contains("@")
                    ? "'\(text)' is an address, not a domain" : "a domain begins with '@', found '\(text)'",
                advice: text.contains("@")
                    ? "write '@' and the domain to admit whoever has a verified address there; for one account set a label"
                    : "write '@\(text)'"
            )
        }
        let domain = text.dropFirst().lowercased()
        let parts = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, domain.utf8.count <= 253, parts.allSatisfy(Self.isDomainPart) else {
            throw FactMistake(
                problem: "no e-mail address is at '\(text)'",
                advice:
                    "write one exact domain, as in '@example.org': subdomains are named by themselves, other letters as in xn--…"
            )
        }
        self = .email(domain: domain)
    }

    private static let words = ["label", "team", "email", "verified", "mfa"]

    /// Ids of Appwrite (contract §5): no special character first.
    private static func isID(_ text: String) -> Bool {
        guard (1...36).contains(text.utf8.count), let first = text.utf8.first, isLetterOrDigit(first) else {
            return false
        }
        return text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) }
    }

    private static func isDomainPart(_ text: Substring) -> Bool {
        (1...63).contains(text.utf8.count) && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.last != UInt8(ascii: "-")
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
    }
}
