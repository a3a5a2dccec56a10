import Foundation
import Testing

@testable import Site

struct LinkTests {
    static let files = [
        "content/members/fees.md": "---\nvisibility: private\n---\n## Per month\n", "content/a b.txt": "",
        "content/news/index.md": "", "content/news/launch.md": "---\nurl: /launch/\n---\n# Zwei\n\n## Über\n",
        "content/news/plan.pdf": "", "content/café.md": "", "content/news/v1.0.md": "",
        "content/soon.md": "---\ndraft: true\n---\n", "themes/plain/assets/x.css": "",
    ]

    /// On a page `content/news/here.md` at `/news/here/`.
    @Test(arguments: [
        ("launch.md", "/launch/"), ("./launch.md#über", "/launch/#%C3%BCber"), ("launch", "/launch/"),
        ("../members/fees.md#per-month", "/members/fees/#per-month"),
        ("plan.pdf?v=1#page=2", "/news/plan.pdf?v=1#page=2"),
        ("/members/fees/", "/members/fees/"), ("/members/fees", "/members/fees/"),
        ("/news/launch.md", "/launch/"),
        ("/", "/"), ("..", "/"), ("../", "/"), ("./", "/news/"), ("index.md", "/news/"),
        ("<../a b.txt>", "/a%20b.txt"),
        ("../a%20b.txt", "/a%20b.txt"), ("../caf%C3%A9.md", "/caf%C3%A9/"), ("v1.0.md", "/news/v1.0/"),
        ("../../launch/", "/launch/"), ("/login", "/login"), ("/assets/x.css", "/assets/x.css"),
        ("https://example.org/a#b", "https://example.org/a#b"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//example.org/", "//example.org/"), ("#own", "#own"), ("#top", "#top"),
        ("/launch/?a=\"b", "/launch/?a=%22b"),
    ])
    func `a link leads to the address of what it names`(link: String, address: String) async throws {
        let site = try FixtureSite(
            writing: Self.files.merging(["content/news/here.md": "## Own\n\n[x](\(link))\n"]) { $1 }
        )
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/news/here/index.html")?.contains("<a href=\"\(address)\">x</a>") == true)
    }

    @Test func `a link may lead to a footnote, its reference, or an id that an author has set`() async throws
    {
        let site = try FixtureSite(writing: [
            "content/index.md":
                "## A {% #mine %}\n\na[^n] [b](#fn1) [c](two.md#fnref1) [d](#mine)\n\n[^n]: x\n",
            "content/two.md": "a[^1]\n\n[^1]: [back](index.md#fn1)\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        try site.write("a[^1] [b](index.md#fn2)\n\n[^1]: see\n    [c](#fn2)\n", to: "content/two.md")
        let problems = try await site.problems()
        #expect(problems.contains("content/two.md:1:7: error: there is no heading '#fn2' on /\n"))
        #expect(problems.contains("content/two.md:4:5: error: there is no heading '#fn2' on /two/"))
    }

    @Test(arguments: [
        ("[x](lunch.md)", "'lunch.md' leads nowhere", "did you mean 'launch.md'?"),
        ("[x](handbook.md)", "'handbook.md' leads nowhere", "did you mean '../members/handbook.md'?"),
        ("[x](../../etc/passwd)", "'../../etc/passwd' leads nowhere", nil),
        ("[x](/member/fees/)", "'/member/fees/' leads nowhere", "did you mean '/members/fees/'?"),
        ("[x](%ff.md)", "'%ff.md' leads nowhere", nil),
        (
            "[x](../soon.md)", "'../soon.md' leads to what this build leaves out: it is a draft",
            "build with --drafts to have it"
        ),
        ("[x](launch.md#uber)", "there is no heading '#uber' on /launch/", "did you mean '#über'?"),
        ("[x](#nowhere)", "there is no heading '#nowhere' on /news/here/", nil),
        ("![x](launch.md)", "'launch.md' is a page, not an image", nil),
    ])
    func `a dead link is an error at its place`(text: String, problem: String, advice: String?) async throws {
        let site = try FixtureSite(
            writing: Self.files.merging([
                "content/news/here.md": "---\ntitle: x\n---\n\nSee \(text).\n",
                "content/members/handbook.md": "---\ntitle: Book\n---\n",
            ]) {
                $1
            }
        )
        defer { site.remove() }
        let expected = "content/news/here.md:5:5: error: \(problem)" + (advice.map { "\n    \($0)" } ?? "")
        #expect(try await site.problems() == expected)
    }
}
