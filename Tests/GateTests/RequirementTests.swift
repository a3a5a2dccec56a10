import Testing

@testable import Gate

/// What can be written of requirements, against all that may be true of a member.
struct RequirementTests {
    /// How somebody may combine facts, before it is brought into requirements.
    indirect enum Formula: Sendable {
        case fact(Fact)
        case any([Formula])
        case all([Formula])

        var requirements: [Requirement] {
            switch self {
            case .fact(let fact): [Requirement(oneOf: [fact])]
            case .any(let parts): [Requirement](any: parts.map(\.requirements)) ?? []
            case .all(let parts): [Requirement](all: parts.flatMap(\.requirements))
            }
        }

        func holds(_ has: (Fact) -> Bool) -> Bool {
            switch self {
            case .fact(let fact): has(fact)
            case .any(let parts): parts.contains { $0.holds(has) }
            case .all(let parts): parts.allSatisfy { $0.holds(has) }
            }
        }
    }

    private static let facts: [Fact] = [
        .label("pro"), .team("board"), .role("chair", team: "board"), .email(domain: "a.example"), .verified,
        .secondFactor,
    ]

    /// Every account that there can be, as far as these facts tell it.
    private static let members: [Member] = (0..<64).compactMap { bits in
        func has(_ fact: Fact) -> Bool {
            facts.firstIndex(of: fact).map { bits >> $0 & 1 == 1 } ?? false
        }
        // A role without its team, or a verified address of somebody who is not verified.
        if facts.contains(where: { fact in has(fact) && facts.contains { fact.implies($0) && !has($0) } }) {
            return nil
        }
        return Member(
            id: "\(bits)",
            email: "x@a.example",
            labels: has(.label("pro")) ? ["pro"] : [],
            isVerified: has(.verified),
            hasVerifiedEmail: has(.email(domain: "a.example")),
            details: [
                .teams: has(.team("board")) ? ["board"] : [],
                .roles(team: "board"): has(.role("chair", team: "board")) ? ["chair"] : [],
                .factors: has(.secondFactor) ? ["password", "totp"] : ["password"],
            ]
        )
    }

    private static func formula(_ random: inout some RandomNumberGenerator, depth: Int) -> Formula {
        let kind = depth == 0 ? 0 : Int.random(in: 0..<5, using: &random)
        guard kind > 0, let fact = facts.randomElement(using: &random) else {
            return .fact(facts[Int.random(in: 0..<facts.count, using: &random)])
        }
        if kind == 1 { return .fact(fact) }
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
            formula(&random, depth: depth - 1)
        }
        return kind.isMultiple(of: 2) ? .any(parts) : .all(parts)
    }

    private static func admits(_ requirements: [Requirement], _ member: Member) -> Bool {
        Decision(visibility: .private, requirements: requirements, standing: .member(member)) == .allow
    }

    @Test func `nested any and all admit exactly those of whom they hold`() {
        var random = Numbers(state: 7)
        for _ in 0..<2000 {
            let formula = Self.formula(&random, depth: 3)
            let requirements = formula.requirements
            for member in Self.members {
                #expect(
                    Self.admits(requirements, member) == formula.holds { member.has($0) == true },
                    "\(formula) as \(requirements.map(\.text)) for \(member.id)"
                )
            }
        }
    }

    @Test func `one admits only those of another exactly where every member says so`() {
        var random = Numbers(state: 11)
        var seen: Set<Bool> = []
        for _ in 0..<2000 {
            let (one, other) = (Self.formula(&random, depth: 2), Self.formula(&random, depth: 2))
            let (left, right) = (one.requirements, other.requirements)
            let isSo = Self.members.allSatisfy { !Self.admits(left, $0) || Self.admits(right, $0) }
            #expect(left.implies(right) == isSo, "\(left.map(\.text)) | \(right.map(\.text))")
            // The same members are the same requirements.
            #expect((left == right) == (left.implies(right) && right.implies(left)))
            seen.insert(isSo)
            // What is added makes it stricter.
            let both = [Requirement](all: left + right)
            #expect(both.implies(left) && both.implies(right))
            for member in Self.members {
                #expect(
                    Self.admits(both, member) == (Self.admits(left, member) && Self.admits(right, member))
                )
            }
        }
        #expect(seen == [true, false])
    }

    @Test func `what would take too many requirements is not made`() {
        let parts = (0..<6).map { number in
            [Requirement(labels: ["a\(number)"]), Requirement(labels: ["b\(number)"])]
        }
        #expect([Requirement](any: parts.prefix(5))?.count == 32)
        #expect([Requirement](any: parts) == nil)
    }

    @Test func `nothing to choose from admits nobody, and nothing to meet everybody`() {
        let nobody = [Requirement](any: [])
        #expect(nobody == [Requirement(oneOf: [])])
        #expect(Self.members.allSatisfy { !Self.admits(nobody ?? [], $0) })
        #expect([Requirement](any: [[], [.verified]]) == [])
    }

    static let texts: [(Fact, String)] = [
        (.label("pro"), "label:pro"), (.team("board"), "team:board"),
        (.role("chair", team: "board"), "team:board/chair"),
        (.email(domain: "example.org"), "email:@example.org"),
        (.verified, "verified"), (.secondFactor, "mfa"),
    ]

    @Test(arguments: texts)
    func `a fact is read as it is written`(fact: Fact, text: String) throws {
        #expect(fact.text == text)
        #expect(try Fact(text) == fact)
    }

    @Test func `a domain is read in any case`() throws {
        #expect(try Fact("email:@Example.ORG") == .email(domain: "example.org"))
    }

    static let mistakes: [(text: String, advice: String)] = [
        ("", "known are label:NAME"), ("member", "known are label:NAME"),
        ("verfied", "did you mean 'verified'?"),
        ("mfa:totp", "did you mean 'mfa'?"), ("lable:pro", "did you mean 'label'?"),
        ("label:", "a label has"),
        ("label:my label", "a label has"), ("label:größe", "a label has"),
        ("label:abcdefghijklmnopqrstuvwxyz0123456789x", "a label has"), ("team:", "write a team by its id"),
        ("team:/chair", "write a team"), ("team:board/", "write a team"), ("team:a/b/c", "write a team"),
        ("team:.a", "write a team"), ("team:a b", "write a team"),
        ("email:example.org", "write '@example.org'"),
        ("email:ann@example.org", "set a label"), ("email:@", "one exact domain"),
        ("email:@example", "one exact domain"), ("email:@*.example.org", "one exact domain"),
        ("email:@-a.example", "one exact domain"), ("email:@a..example", "one exact domain"),
        ("email:@münchen.example", "xn--"), ("email:@a.example.", "one exact domain"),
    ]

    @Test(arguments: mistakes)
    func `what names nothing is told with what was meant`(text: String, advice: String) {
        let mistake = #expect(throws: FactMistake.self) { try Fact(text) }
        #expect(mistake?.advice.contains(advice) == true, "\(mistake?.advice ?? "")")
    }
}

/// The same numbers each time.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
