import Foundation
import Testing

@testable import Site

struct CollisionTests {
    @Test(
        arguments: [
            (
                ["foo.md", "foo/index.md"],
                "content/foo/index.md: error: /foo/ is the address of content/foo.md, too"
            ),
            (["a.md", "b.md=url: /a/"], "content/b.md: error: /a/ is the address of content/a.md, too"),
            (
                ["a", "a.md"],
                "content/a.md: error: /a/ and /a of content/a cannot both be files of one folder"
            ),
            (
                ["a.md", "a/index.html"],
                "content/a/index.html: error: /a/index.html and /a/ of content/a.md cannot both be files of one folder"
            ),
            (
                ["Fees.md", "fees.md"],
                "content/fees.md: warning: /fees/ differs from /Fees/ of content/Fees.md in case only"
            ),
            (
                ["login.md"],
                "content/login.md: error: nothing in content can be at /login/: the 'auth' section makes a route at /login"
            ),
            (
                ["x.md=url: /account/sessions/1/revoke"],
                "content/x.md: error: nothing in content can be at /account/sessions/1/revoke/"
            ),
            (
                ["assets/x.css"],
                "content/assets/x.css: error: nothing in content can be at /assets/x.css: the theme's files are served below /assets/"
            ),
            (
                ["healthz.md"],
                "content/healthz.md: error: nothing in content can be at /healthz/: it is kept for the server"
            ),
            (["50%.md"], "content/50%.md: error: this name cannot be part of an address"),
            (
                ["members\u{200b}.md"],
                """
                content/members\\u{200b}.md: error: this name cannot be part of an address
                    rename it without \\ % ? #, control characters and those that cannot be seen
                """
            ), (["a\u{1b}[2J/x.txt"], "content/a\\u{1b}[2J: error: this name cannot be part of an address"),
            (["notes.mkd"], "content/notes.mkd: error: this looks like Markdown, but is not called .md"),
            (["fees.md.save"], "content/fees.md.save: error: this looks like a copy of a page"),
            (["Fees.MD_old"], "content/Fees.MD_old: error: this looks like a copy of a page"),
        ] as [([String], String)]
    )
    func `what cannot be at its address is an error`(files: [String], expected: String) async throws {
        var texts: [String: String] = [:]
        for file in files {
            let parts = file.split(separator: "=")
            texts["content/\(parts[0])"] = parts.count > 1 ? "---\n\(parts[1])\n---\n" : ""
        }
        let site = try FixtureSite(writing: texts)
        defer { site.remove() }
        #expect(try await site.problems().contains(expected))
    }

    /// One name to everybody who reads it, and one page to Swift, though two files on the disk.
    @Test func `two spellings of one letter are one address`() async throws {
        let site = try FixtureSite(writing: ["content/cafe\u{301}.md": ""])
        defer { site.remove() }
        try site.write("", to: "content/caf\u{e9}.md")
        #expect(try await site.problems().contains("is the address of"))
    }

    @Test func `a page that leaves a private folder must say for whom it is`() async throws {
        let config = "visibility: { rules: [{ path: /members/**, visibility: private }] }"
        let moved = "---\nurl: /open/\n---\n"
        let files = ["content/members/a.md": moved, "content/members/b.md": ""]
        let site = try FixtureSite(writing: files, config: config)
        defer { site.remove() }
        #expect(
            try await site.problems().hasPrefix(
                "content/members/a.md: error: the file lies at /members/a/, which is private by the rule '/members/**'"
            )
        )
        try site.write("---\nurl: /open/\nvisibility: public\n---\n", to: "content/members/a.md")
        #expect(try await site.problems() == "")
    }

    private static let moves = """
        visibility:
          default: private
          rules:
            - { path: /blog/**, visibility: public }
            - { path: /members/**, visibility: private }
            - { path: /staff/**, visibility: private, allow: { teams: [staff] } }
        """
    private static let staff =
        "content/staff/salaries.md: error: the file lies at /staff/salaries/, which is private by the rule '/staff/**' at site.config:9:7, but its address "
    private static let byMembers =
        " is open to other members\n    say 'visibility: private' and whom to 'allow' in the front matter"
    private static let toAll =
        " is public\n    say 'visibility: public' or 'visibility: private' in the front matter"

    static let moved: [(file: String, frontMatter: String, problem: String)] = [
        ("staff/salaries", "url: /members/salaries/", staff + "/members/salaries/" + byMembers),
        ("staff/salaries", "url: /other/", staff + "/other/" + byMembers),
        ("staff/salaries", "url: /blog/x/", staff + "/blog/x/" + toAll),
        ("staff/salaries", "url: /members/x/\nvisibility: private", staff + "/members/x/" + byMembers),
        ("staff/salaries", "url: /members/x/\nallow: { labels: [pro] }", staff + "/members/x/" + byMembers),
        ("staff/salaries", "url: /members/x/\nallow: { teams: [staff] }", ""),
        ("staff/salaries", "url: /members/x/\nvisibility: private\nallow: { labels: [pro] }", ""),
        ("staff/salaries", "url: /blog/x/\nvisibility: public", ""),
        ("staff/salaries", "slug: pay", ""), ("members/a", "url: /staff/a/", ""),
        ("blog/a", "url: /staff/a/", ""),
        (
            "notes/x", "url: /blog/x/",
            "content/notes/x.md: error: the file lies at /notes/x/, which is private by the default at site.config:5:3, but its address /blog/x/"
                + toAll
        ),
        ("notes/x", "url: /blog/x/\nvisibility: public", ""),
        ("notes/x", "url: /blog/x/\nvisibility: private", ""),
        ("notes/x", "url: /members/x/", ""),
    ]

    @Test(arguments: moved) func `a page that leaves a stricter rule must say for whom it is`(
        file: String,
        frontMatter: String,
        problem: String
    ) async throws {
        let page = ["content/\(file).md": "---\n\(frontMatter)\n---\n"]
        let site = try FixtureSite(writing: page, config: Self.moves)
        defer { site.remove() }
        let said = try await site.problems().split(separator: "content/").map { "content/" + $0 }
            .filter { $0.contains("error:") }
        #expect(said.joined() == problem)
    }

    @Test func `a pipe and a link within content are refused, and nothing waits for them`() async throws {
        let site = try FixtureSite(writing: ["content/members/a.txt": ""])
        defer { site.remove() }
        #expect(mkfifo("\(site.source)/content/pipe.md", 0o644) == 0)
        #expect(symlink("members/a.txt", "\(site.source)/content/b.txt") == 0)
        #expect(
            try await site.problems() == """
                content/b.txt: error: symbolic links are not followed in content
                    a link could show a private file at a public address; copy the file instead
                content/pipe.md: error: neither a file nor a folder
                    move it out of content
                """
        )
    }
}
