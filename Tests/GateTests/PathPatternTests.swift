import Gate
import Ground
import Testing

struct PathPatternTests {
    static let named: [(pattern: String, path: String)] = [
        ("/", "/"), ("/**", "/"), ("/**", "/a"), ("/**", "/a/b/c.png"), ("/members/**", "/members/"),
        ("/members/**", "/members"),
        ("/members/**", "/members/a"), ("/members/**", "/members/a/b/"), ("/members/", "/members"),
        ("/members", "/members/"),
        ("/*", "/a/"), ("/*/", "/a"), ("/*/drafts/**", "/a/drafts/b"), ("/**/drafts", "/drafts/"),
        ("/**/drafts", "/a/b/drafts"),
        ("/**/drafts/**", "/a/drafts/b/c"), ("/a/**/z", "/a/z"), ("/a/**/z", "/a/b/c/z"), ("/**/**", "/"),
        ("/a/**/**/b", "/a/b"),
        ("/draft-*", "/draft-1/"), ("/draft-*", "/draft-"), ("/*-draft", "/a-b-draft"), ("/a*b*c", "/aXbbYc"),
        ("/*.png", "/a.b.png"),
        ("/größe/**", "/größe/a"), ("/*é", "/cafe\u{301}"), ("/caf\u{e9}/**", "/cafe\u{301}/menu/"),
        ("/cafe\u{301}/**", "/caf\u{e9}/"),
        ("/members/**", "/members/\u{301}x/"), ("/members/**", "/members/\u{20d0}/a"), ("/*/x", "/\u{301}/x"),
    ]

    @Test(arguments: named)
    func `a pattern names its paths`(pattern: String, path: String) throws {
        #expect(try #require(PathPattern(pattern)).matches(try #require(PagePath(path))))
    }

    static let notNamed: [(pattern: String, path: String)] = [
        ("/", "/a"), ("/members/**", "/"), ("/members/**", "/membersonly"), ("/members/**", "/Members/"),
        ("/members/**", "/a/members/"),
        ("/members", "/members/a"), ("/*", "/"), ("/*", "/a/b"), ("/*/drafts", "/drafts"),
        ("/*/drafts", "/a/b/drafts"),
        ("/**/drafts", "/drafts/a"), ("/draft-*", "/a-draft-"), ("/draft-*", "/draft-1/a"),
        ("/a*b*c", "/aXc"), ("/*.png", "/a.pngx"),
        ("/a/**/z", "/a/b/zz"), ("/a/**/b/**/c", "/a/c/b"),
    ]

    @Test(arguments: notNamed)
    func `a pattern names no other path`(pattern: String, path: String) throws {
        #expect(!(try #require(PathPattern(pattern)).matches(try #require(PagePath(path)))))
    }

    /// A rule that can never match would leave its author believing that something is private.
    @Test(arguments: [
        "", "members/**", "**", "/members**", "/**a/", "/a/b**c", "/***", "//members/**", "/members//**",
        "/members/../**", "/./a",
        "/a%20b/**", "/a\\b", "/a?", "/a?b", "/a#b", "/[ab]/**", "/{a,b}/**", "/a\n", "https://a.example/**",
        "/members\u{200b}/**", "/\u{feff}members/**", "/a\u{ad}/", "/\u{202e}a", "/a\u{85}",
    ])
    func `a pattern that could name no path is refused`(text: String) {
        #expect(PathPattern(text) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `no pattern takes long`() throws {
        let many = try #require(PathPattern("/" + String(repeating: "**/a/", count: 200)))
        let stars = try #require(PathPattern("/" + String(repeating: "*a", count: 500) + "b"))
        #expect(!many.matches(try #require(PagePath("/" + String(repeating: "a/", count: 1000) + "b"))))
        #expect(!stars.matches(try #require(PagePath("/" + String(repeating: "a", count: 2000)))))
    }
}
