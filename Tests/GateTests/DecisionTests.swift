import Gate
import Ground
import Testing

struct DecisionTests {
    static let standings: [Standing] = [
        .none, .guest(id: "g"), .moreFactors, .blocked, .passwordReset, .unanswered(retryAfter: 7),
        .member(Member(id: "bare")), .member(Member(id: "verified", isVerified: true)),
        .member(Member(id: "pro", labels: ["pro"])),
        .member(Member(id: "staff", teams: ["staff", "all"])),
        .member(Member(id: "everything", labels: ["pro", "x"], teams: ["staff"], isVerified: true)),
    ]

    static let visibilities: [(visibility: Visibility, requirements: [Requirement])] = [
        (.public, []), (.private, []), (.private, [Requirement()]), (.private, [Requirement(verified: true)]),
        (.private, [Requirement(labels: ["pro", "gold"])]), (.private, [Requirement(teams: ["staff"])]),
        (.private, [Requirement(labels: ["pro"]), Requirement(teams: ["staff"], verified: true)]),
    ]

    /// One row a standing, one column a visibility of the table above.
    ///
    /// `y` allow, `i` sign in, `2` second factor, `b` blocked, `r` password reset, `u` unavailable, else what is lacking:
    /// `V`erification, `L`abel, `T`eam.
    static let expected = [
        ["y", "i", "i", "i", "i", "i", "i"],
        ["y", "i", "i", "i", "i", "i", "i"],
        ["y", "2", "2", "2", "2", "2", "2"],
        ["y", "b", "b", "b", "b", "b", "b"],
        ["y", "r", "r", "r", "r", "r", "r"],
        ["y", "u", "u", "u", "u", "u", "u"],
        ["y", "y", "y", "V", "L", "T", "LVT"],
        ["y", "y", "y", "y", "L", "T", "LT"],
        ["y", "y", "y", "V", "y", "T", "VT"],
        ["y", "y", "y", "V", "L", "y", "LV"],
        ["y", "y", "y", "y", "y", "y", "y"],
    ]

    @Test(arguments: standings.indices, visibilities.indices)
    func `every standing meets every route`(row: Int, column: Int) {
        let (visibility, requirements) = Self.visibilities[column]
        let decision = Decision(
            visibility: visibility,
            requirements: requirements,
            standing: Self.standings[row]
        )
        #expect(Self.letters(decision) == Self.expected[row][column])
        let route = Route(
            path: .root,
            kind: .page,
            access: Access(visibility: visibility, requirements: requirements, place: Place(file: "a.md")),
            file: "index.html",
            mediaType: "text/html; charset=utf-8",
            length: 0,
            digest: String(repeating: "0", count: 64),
            source: "content/a.md"
        )
        #expect(route.decision(for: Self.standings[row]) == decision)
        #expect(route.asksForTeams == requirements.contains { $0.teams == ["staff"] })
    }

    private static func letters(_ decision: Decision) -> String {
        switch decision {
        case .allow: "y"
        case .signIn: "i"
        case .secondFactor: "2"
        case .blocked: "b"
        case .passwordReset: "r"
        case .unavailable(let seconds): seconds == 7 ? "u" : "?"
        case .refuse(let lacks):
            lacks.map { lack in
                switch lack {
                case .label: "L"
                case .team: "T"
                case .verification: "V"
                }
            }.joined()
        }
    }

    @Test
    func `what is lacking is named`() {
        let requirement = Requirement(labels: ["gold", "pro", "gold"], teams: ["b", "a"])
        #expect(
            requirement.lacking(in: Member(id: "m")) == [
                .label(oneOf: ["gold", "pro"]), .team(oneOf: ["a", "b"]),
            ]
        )
        #expect(requirement.lacking(in: Member(id: "m", labels: ["pro"], teams: ["b"])).isEmpty)
    }

    @Test
    func `teams that nobody has asked for admit nobody`() {
        let member = Member(id: "m", teams: nil)
        let requirement = Requirement(teams: ["a"])
        #expect(requirement.lacking(in: member) == [.team(oneOf: ["a"])])
        #expect(requirement.lacking(in: member.joining(teams: [])) == [.team(oneOf: ["a"])])
        #expect(requirement.lacking(in: member.joining(teams: ["a"])).isEmpty)
    }

    @Test(arguments: [("pro", "Pro"), ("pro", "pro "), ("", " ")])
    func `names are compared exactly`(asked: String, held: String) {
        #expect(!Requirement(labels: [asked]).lacking(in: Member(id: "m", labels: [held])).isEmpty)
        #expect(!Requirement(teams: [asked]).lacking(in: Member(id: "m", teams: [held])).isEmpty)
    }
}
