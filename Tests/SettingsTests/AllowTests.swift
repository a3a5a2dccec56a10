import Gate
import Ground
import Settings
import Testing

/// What `allow` can say, and what is wrong with what it cannot.
struct AllowTests {
    /// `allow` in the flow style of YAML, as it stands in the third line behind 23 characters.
    private static func requirements(_ allow: String) throws(Diagnostics) -> [Requirement]? {
        let settings = try Settings(
            parsing: "title: T\nurl: https://a.example\n"
                + "visibility: { rules: [{ path: /a, visibility: private, allow: \(allow) }] }",
            file: "site.config",
            environment: ["TEAM": "board"]
        )
        return settings.visibility.rules.first?.requirements
    }

    private static let chair = Fact.role("chair", team: "board")

    static let readings: [(allow: String, requirements: [Requirement])] = [
        ("{ labels: [pro, early] }", [Requirement(labels: ["early", "pro"])]),
        ("{ teams: [staff, board/chair] }", [Requirement(oneOf: [.team("staff"), chair])]),
        ("{ teams: ['${TEAM}'] }", [Requirement(teams: ["board"])]),
        ("{ emails: ['@Example.org'] }", [Requirement(oneOf: [.email(domain: "example.org")])]),
        ("{ verified: true, mfa: true }", [.verified, .secondFactor]),
        ("{ verified: false, mfa: true }", [.secondFactor]),
        (
            "{ any: [label:pro, team:board/chair, verified, mfa, email:@a.example] }",
            [
                Requirement(oneOf: [
                    .label("pro"), chair, .verified, .secondFactor, .email(domain: "a.example"),
                ])
            ]
        ),
        (
            "{ any: ['label:pro', { teams: [staff], mfa: true }] }",
            [
                Requirement(oneOf: [.label("pro"), .team("staff")]),
                Requirement(oneOf: [.label("pro"), .secondFactor]),
            ]
        ),
        (
            "{ all: ['label:pro', { any: [mfa, team:staff] }], verified: true }",
            [
                Requirement(labels: ["pro"]), Requirement(oneOf: [.team("staff"), .secondFactor]), .verified,
            ]
        ),
        ("{ labels: [pro, gold], any: [label:pro] }", [Requirement(labels: ["pro"])]),
        ("{ any: [{ any: [{ all: [mfa] }] }] }", [.secondFactor]),
    ]

    @Test(arguments: readings)
    func `what it says is read`(allow: String, requirements: [Requirement]) throws {
        #expect(try Self.requirements(allow) == requirements)
    }

    static let mistakes: [(allow: String, problem: String)] = [
        ("{ label: [pro] }", "3:65: error: unknown key 'label'\n    did you mean 'labels'?"),
        ("{ labels: [my label] }", "3:74: error: no label can be called 'my label'\n    a label has 1 to 36"),
        ("{ labels: [pro, gö] }", "3:79: error: no label can be called 'gö'"),
        ("{ teams: [a/b/c] }", "3:73: error: no team and no role in one can be called 'a/b/c'"),
        ("{ teams: [a/] }", "3:73: error: no team and no role in one can be called 'a/'"),
        (
            "{ emails: [a.example] }",
            "3:74: error: a domain begins with '@', found 'a.example'\n    write '@a.example'"
        ),
        ("{ emails: ['x@a.example'] }", "3:74: error: 'x@a.example' is an address, not a domain"),
        ("{ emails: ['@*.a.example'] }", "3:74: error: no e-mail address is at '@*.a.example'"),
        ("{ mfa: totp }", "3:70: error: mfa must be true or false, found 'totp'"),
        ("{ mfa: false }", "3:63: error: allow asks for nothing"),
        ("{ any: label:pro }", "3:70: error: any must be a list"),
        ("{ any: [] }", "3:70: error: 'any' names nothing"), ("{ all: }", "'all' names nothing"),
        ("{ any: [pro] }", "3:71: error: 'pro' is nothing that can be asked of a member"),
        ("{ any: [label:pro, verfied] }", "3:82: error: 'verfied' is nothing"),
        ("{ any: [label:pro, member] }", "3:82: error: 'member' is nothing"),
        (
            "{ any: [label:pro, {}] }",
            "3:82: error: this asks for nothing, so that 'any' would admit every member"
        ),
        (
            "{ any: [label:pro, { verified: false }] }",
            "3:82: error: this asks for nothing, so that 'any' would admit every member"
        ),
        ("{ all: [label:pro, {}] }", "3:82: error: this asks for nothing\n"),
        ("{ any: [[label:pro]] }", "3:71: error: what stands in 'any' must be a table of keys and values"),
        ("{ any: [{ lables: [pro] }] }", "3:73: error: unknown key 'lables'"),
        ("{ any: ['team:${NONE}'] }", "3:71: error: an environment variable must be the whole value here"),
        (
            "{ all: [email:@a.example, email:@b.example] }",
            "3:63: error: allow admits nobody: it asks for an e-mail address at several domains at once, @a.example, @b.example\n"
        ),
        (
            "{ any: [\((0..<6).map { "{ all: [label:a\($0), label:b\($0)] }" }.joined(separator: ", "))] }",
            "3:70: error: this asks for more combinations than can be kept apart"
        ),
    ]

    @Test(arguments: mistakes)
    func `a mistake says where it is, and what was meant`(allow: String, problem: String) {
        let refusal = #expect(throws: Diagnostics.self) { try Self.requirements(allow) }
        #expect(refusal?.all.count == 1)
        #expect(refusal?.description.contains(problem) == true, "\(refusal?.description ?? "")")
    }

    @Test func `a role beside its whole team is warned of`() throws {
        let settings = try Settings(
            parsing: "title: T\nurl: https://a.example\n"
                + "visibility: { rules: [{ path: /a, visibility: private, allow: { teams: [board, board/chair] } }] }",
            file: "site.config",
            environment: [:]
        )
        #expect(settings.visibility.rules.first?.requirements == [Requirement(teams: ["board"])])
        #expect(
            settings.warnings.map(\.problem).first?.contains("'team:board/chair' opens nothing here") == true
        )
    }
}
