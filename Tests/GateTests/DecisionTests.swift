import Gate
import Ground
import Testing

struct DecisionTests {
    static let standings: [Standing] = [
        .none, .guest(id: "g"), .moreFactors, .blocked, .passwordReset, .unanswered(retryAfter: 7),
        .member(Member(id: "bare")), .member(Member(id: "verified", isVerified: true)),
        .member(Member(id: "pro", labels: ["pro"])),
        .member(Member(id: "staff", details: [.teams: ["staff", "all"]])),
        .member(
            Member(id: "everything", labels: ["pro", "x"], isVerified: true, details: [.teams: ["staff"]])
        ),
        .member(Member(id: "lead", details: [.teams: ["staff"], .roles(team: "staff"): ["owner", "lead"]])),
        .member(Member(id: "two", details: [.factors: ["password", "totp"]])),
        .member(Member(id: "mail", email: "Mail@Example.ORG", hasVerifiedEmail: true)),
    ]

    static let visibilities: [(visibility: Visibility, requirements: [Requirement])] = [
        (.public, []), (.private, []), (.private, [Requirement(oneOf: [])]), (.private, [.verified]),
        (.private, [Requirement(labels: ["pro", "gold"])]), (.private, [Requirement(teams: ["staff"])]),
        (.private, [Requirement(labels: ["pro"]), Requirement(teams: ["staff"]), .verified]),
        (.private, [Requirement(oneOf: [.label("pro"), .role("lead", team: "staff")])]),
        (.private, [.secondFactor]), (.private, [.secondFactor, .verified]),
        (.private, [Requirement(oneOf: [.secondFactor, .label("pro")])]),
        (.private, [Requirement(oneOf: [.email(domain: "example.org")])]),
    ]

    /// One row a standing, one column a visibility of the table above.
    ///
    /// `y` allow, `i` sign in, `2` second factor, `b` blocked, `r` password reset, `u` unavailable, else what is lacking:
    /// `L`abel, `T`eam, `R`ole, `E`-mail, `V`erification, second `F`actor, `-` nothing that anybody could have.
    static let expected = [
        ["y", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i"],
        ["y", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i", "i"],
        ["y", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2", "2"],
        ["y", "b", "b", "b", "b", "b", "b", "b", "b", "b", "b", "b"],
        ["y", "r", "r", "r", "r", "r", "r", "r", "r", "r", "r", "r"],
        ["y", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u"],
        ["y", "y", "-", "V", "L", "T", "LTV", "L/R", "2", "FV", "2", "E"],
        ["y", "y", "-", "y", "L", "T", "LT", "L/R", "2", "2", "2", "E"],
        ["y", "y", "-", "V", "y", "T", "TV", "y", "2", "FV", "y", "E"],
        ["y", "y", "-", "V", "L", "y", "LV", "L/R", "2", "FV", "2", "E"],
        ["y", "y", "-", "y", "y", "y", "y", "y", "2", "2", "y", "E"],
        ["y", "y", "-", "V", "L", "y", "LV", "y", "2", "FV", "2", "E"],
        ["y", "y", "-", "V", "L", "T", "LTV", "L/R", "y", "V", "y", "E"],
        ["y", "y", "-", "y", "L", "T", "LT", "L/R", "2", "2", "2", "y"],
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
    }

    private static func letters(_ decision: Decision) -> String {
        switch decision {
        case .allow: "y"
        case .signIn: "i"
        case .secondFactor: "2"
        case .blocked: "b"
        case .passwordReset: "r"
        case .unavailable(let seconds): seconds == 7 ? "u" : "?"
        case .refuse(let lacks): lacks.map(letters).joined()
        }
    }

    private static func letters(_ lack: Requirement) -> String {
        var letters = lack.oneOf.map { fact in
            switch fact {
            case .label: "L"
            case .team: "T"
            case .role: "R"
            case .email: "E"
            case .verified: "V"
            case .secondFactor: "F"
            }
        }
        if Set(letters).count == 1 { letters = Array(letters.prefix(1)) }
        return letters.isEmpty ? "-" : letters.joined(separator: "/")
    }

    @Test
    func `what is lacking is named, and what is met is not`() {
        let requirements = [Requirement(labels: ["gold", "pro", "gold"]), Requirement(teams: ["b", "a"])]
        func decision(_ member: Member) -> Decision {
            Decision(visibility: .private, requirements: requirements, standing: .member(member))
        }
        #expect(decision(Member(id: "m")) == .refuse(requirements))
        #expect(decision(Member(id: "m", labels: ["pro"])) == .refuse([requirements[1]]))
        #expect(decision(Member(id: "m", labels: ["pro"], details: [.teams: ["b"]])) == .allow)
    }

    @Test
    func `what nobody has asked about admits nobody, and is asked about only where it matters`() throws {
        let either = Requirement(oneOf: [.label("pro"), .role("chair", team: "board")])
        let access = Access(
            visibility: .private,
            requirements: [either, .secondFactor],
            place: Place(file: "")
        )
        var route = Route(path: .root, access: access, target: .root, source: "")
        let (bare, pro) = (Member(id: "m"), Member(id: "m", labels: ["pro"]))
        #expect(!either.isMet(by: bare) && bare.has(.role("chair", team: "board")) == nil)
        #expect(route.unknown(of: bare) == .roles(team: "board"))
        #expect(route.unknown(of: pro) == .factors)
        #expect(route.unknown(of: bare.learning(.roles(team: "other"), ["chair"])) == .roles(team: "board"))
        let known = bare.learning(.roles(team: "board"), []).learning(.factors, ["password", "totp"])
        #expect(route.unknown(of: known) == nil)
        // Who may not see the page is not asked what its parts ask for.
        route.renderings = [
            Rendering(requirements: [Requirement(teams: ["a"])], file: "", length: 0, digest: "")
        ]
        #expect(route.unknown(of: known) == nil)
        #expect(route.unknown(of: pro.learning(.factors, ["password", "totp"])) == .teams)
    }

    @Test(arguments: [("pro", "Pro"), ("pro", "pro "), ("", " ")])
    func `names are compared exactly`(asked: String, held: String) {
        #expect(!Requirement(labels: [asked]).isMet(by: Member(id: "m", labels: [held])))
        #expect(!Requirement(teams: [asked]).isMet(by: Member(id: "m", details: [.teams: [held]])))
        let role = Requirement(oneOf: [.role(asked, team: "t")])
        #expect(!role.isMet(by: Member(id: "m", details: [.roles(team: "t"): [held]])))
        #expect(!role.isMet(by: Member(id: "m", details: [.roles(team: "T"): [asked]])))
    }

    /// An address, whether it is verified, and whether that is enough for `example.org`.
    static let addresses: [(email: String, isVerified: Bool, isEnough: Bool)] = [
        ("ann@example.org", true, true), ("ann@example.org", false, false), ("Ann@EXAMPLE.org", true, true),
        ("ann@sub.example.org", true, false), ("ann@notexample.org", true, false),
        ("ann@example.org.evil.example", true, false), ("\"a@example.org\"@evil.example", true, false),
        ("\"a@evil.example\"@example.org", true, true), ("example.org", true, false), ("", true, false),
        ("ann@", true, false), ("ann@example.org ", true, false),
    ]

    @Test(arguments: addresses)
    func `an address counts where it is verified, and at exactly this domain`(
        email: String,
        isVerified: Bool,
        isEnough: Bool
    ) {
        let member = Member(id: "m", email: email, isVerified: true, hasVerifiedEmail: isVerified)
        #expect(Requirement(oneOf: [.email(domain: "example.org")]).isMet(by: member) == isEnough)
    }

    /// What Appwrite lists for a session, and whether these are two kinds that somebody has shown.
    static let factors: [(names: Set<String>, areTwo: Bool)] = [
        ([], false), (["password"], false), (["password", "totp"], true), (["email", "recoveryCode"], true),
        (["email", "oauth2"], false), (["email", "oauth2", "totp"], true), (["anonymous", "totp"], false),
        (["anonymous", "password", "totp"], true),
    ]

    @Test(arguments: factors)
    func `two factors are two that somebody has shown`(names: Set<String>, areTwo: Bool) {
        #expect(Requirement.secondFactor.isMet(by: Member(id: "m", details: [.factors: names])) == areTwo)
    }
}
