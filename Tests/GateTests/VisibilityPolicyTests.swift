import Gate
import Ground
import Testing

struct VisibilityPolicyTests {
    private static let config = Place(file: "site.config", line: 5, column: 12)
    private static let page = Place(file: "content/a.md", line: 2, column: 1)
    private static let staff = Requirement(teams: ["staff"])
    private static let pro = Requirement(labels: ["pro"])

    private static func rule(
        _ pattern: String,
        _ visibility: Visibility,
        _ requirements: [Requirement] = [],
        line: Int
    ) throws
        -> VisibilityRule
    {
        VisibilityRule(
            pattern: try #require(PathPattern(pattern)),
            visibility: visibility,
            requirements: requirements,
            place: Place(file: "site.config", line: line, column: 5)
        )
    }

    private static func policy(_ fallback: Visibility = .public) throws -> VisibilityPolicy {
        VisibilityPolicy(
            fallback: fallback,
            rules: [
                try rule("/members/open/**", .public, line: 7),
                try rule("/members/**", .private, line: 9),
                try rule("/staff/**", .private, [staff], line: 11),
            ],
            place: config
        )
    }

    static let cases:
        [(
            fallback: Visibility, path: String, claim: Visibility?, allow: [Requirement], seen: Visibility,
            all: [Requirement], line: Int
        )] = [
            (.public, "/", nil, [], .public, [], 5),
            (.private, "/", nil, [], .private, [], 5),
            (.private, "/", .public, [], .public, [], 2),
            (.public, "/", .private, [], .private, [], 2),
            (.public, "/", .private, [pro], .private, [pro], 2),
            (.private, "/", nil, [pro], .private, [pro], 5),
            (.public, "/members/", nil, [], .private, [], 9),
            (.public, "/members/a/b", .private, [pro], .private, [pro], 2),
            (.public, "/members/a", nil, [pro], .private, [pro], 9),
            (.public, "/members/open/a", nil, [], .public, [], 7),
            (.private, "/members/open/a", nil, [], .public, [], 7),
            (.public, "/members/open/a", .public, [], .public, [], 2),
            (.public, "/members/open/a", .private, [], .private, [], 2),
            (.public, "/staff/a", nil, [], .private, [staff], 11),
            (.public, "/staff/a", nil, [pro], .private, [staff, pro], 11),
            (.public, "/staff/a", .private, [staff], .private, [staff], 2),
        ]

    @Test(arguments: cases)
    func `the first rule decides, and a page may be stricter`(
        fallback: Visibility,
        path: String,
        claim: Visibility?,
        allow: [Requirement],
        seen: Visibility,
        all: [Requirement],
        line: Int
    ) throws {
        let claim = VisibilityClaim(visibility: claim, requirements: allow, place: Self.page)
        let access = try Self.policy(fallback).access(to: try #require(PagePath(path)), claim: claim)
        #expect(access.visibility == seen)
        #expect(Set(access.requirements) == Set(all))
        #expect(access.requirements.count == all.count)
        #expect(access.place.line == line)
    }

    @Test(arguments: ["/members/", "/members/a", "/staff/a/b"])
    func `a public page under a private rule is an error that names both`(path: String) throws {
        let policy = try Self.policy()
        let path = try #require(PagePath(path))
        let refusal = #expect(throws: Diagnostic.self) {
            try policy.access(to: path, claim: VisibilityClaim(visibility: .public, place: Self.page))
        }
        let rule = try #require(policy.rule(for: path))
        #expect(refusal?.place == Self.page)
        #expect(refusal?.problem.contains("\(rule.pattern)' at \(rule.place)") == true)
    }

    @Test(arguments: [Visibility?.none, .public], ["/", "/members/open/a"])
    func `a public page with a requirement is an error`(claim: Visibility?, path: String) throws {
        let path = try #require(PagePath(path))
        #expect(throws: Diagnostic.self) {
            try Self.policy().access(
                to: path,
                claim: VisibilityClaim(visibility: claim, requirements: [Self.pro], place: Self.page)
            )
        }
    }

    @Test
    func `requirements stand in one order, whoever said them`() throws {
        let path = try #require(PagePath("/a"))
        func access(_ rule: Requirement, _ page: Requirement) throws -> [Requirement] {
            let rule = try Self.rule("/a", .private, [rule], line: 1)
            let policy = VisibilityPolicy(fallback: .public, rules: [rule], place: Self.config)
            return try policy.access(
                to: path,
                claim: VisibilityClaim(visibility: nil, requirements: [page], place: Self.page)
            ).requirements
        }
        #expect(try access(Self.pro, Self.staff) == access(Self.staff, Self.pro))
    }

    static let implications: [(one: [Requirement]?, other: [Requirement]?, implies: Bool)] = [
        (nil, nil, true), ([], nil, true), ([pro], nil, true), (nil, [], false), (nil, [pro], false),
        ([], [], true), ([pro], [], true),
        ([], [pro], false), ([pro], [pro], true), ([pro, staff], [pro], true), ([pro], [pro, staff], false),
        ([pro], [staff], false),
        ([Requirement(labels: ["a", "b"])], [Requirement(labels: ["b", "a"])], true),
        ([Requirement(labels: ["a"])], [Requirement(labels: ["a", "b"])], true),
        ([Requirement(labels: ["a", "b"])], [Requirement(labels: ["a"])], false),
        ([Requirement(oneOf: [.role("x", team: "staff")])], [staff], true),
        ([staff], [Requirement(oneOf: [.role("x", team: "staff")])], false),
        ([Requirement(oneOf: [.email(domain: "a.example")])], [.verified], true),
        ([.secondFactor], [.verified], false),
    ]

    /// Nil is public.
    @Test(arguments: implications)
    func `who may see one may see the other, or it is not said`(
        one: [Requirement]?,
        other: [Requirement]?,
        implies: Bool
    ) {
        func access(_ requirements: [Requirement]?) -> Access {
            Access(
                visibility: requirements == nil ? .public : .private,
                requirements: requirements ?? [],
                place: Self.page
            )
        }
        #expect(access(one).admitsOnly(thoseOf: access(other)) == implies)
    }

    @Test func `a page adds to its rule, and cannot open anything by an alternative`() throws {
        let path = try #require(PagePath("/staff/a"))
        let either = Requirement(oneOf: [.team("staff"), .label("pro")])
        let claim = VisibilityClaim(visibility: nil, requirements: [either, .secondFactor], place: Self.page)
        let access = try Self.policy().access(to: path, claim: claim)
        // What the page says besides is met by whoever meets the rule.
        #expect(access.requirements == [Self.staff, .secondFactor])
    }

    @Test func `a page that nobody could see is an error, whoever said what`() throws {
        func at(_ domains: String...) -> Requirement {
            Requirement(oneOf: domains.map { .email(domain: $0) })
        }
        let path = try #require(PagePath("/a"))
        let policy = VisibilityPolicy(
            fallback: .public,
            rules: [try Self.rule("/a", .private, [at("a.example", "b.example")], line: 1)],
            place: Self.config
        )
        func access(_ page: [Requirement], _ cascade: [Requirement]) throws -> [Requirement] {
            try policy.access(
                to: path,
                claim: VisibilityClaim(visibility: nil, requirements: page, place: Self.page),
                within: Access(visibility: .private, requirements: cascade, place: Self.config)
            ).requirements
        }
        #expect(try access([at("b.example")], []) == [at("b.example")])
        #expect(try access([at("b.example", "c.example")], [at("b.example", "d.example")]).count == 3)
        for (page, cascade) in [
            ([at("c.example")], []), ([at("a.example")], [at("b.example")]),
            ([at("a.example", "c.example")], [at("b.example", "c.example")]),
        ] {
            let refusal = #expect(throws: Diagnostic.self) { try access(page, cascade) }
            #expect(refusal?.place == Self.page)
        }
    }
}
