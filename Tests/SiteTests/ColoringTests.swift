import Foundation
import Highlight
import Testing

@testable import Site

/// Code on its way through a whole build, by the real program.
struct ColoringTests {
    private static let program =
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "gatehouse-highlight").path

    private static func options(_ program: String = program) -> BuildOptions {
        var options = BuildOptions(now: 1_764_000_000)
        options.highlighter = Highlighter(program: program)
        return options
    }

    private static let files = [
        "content/a.md": "```swift\nlet x = \"<b>\"\n```\n\n```klingon\nqapla\n```\n"
    ]

    @Test func `code gets classes, and a language that nobody knows is a warning`() async throws {
        let site = try FixtureSite(writing: Self.files)
        defer { site.remove() }
        let problems = try await site.problems(Self.options())
        #expect(problems.hasPrefix("content/a.md:5:1: warning: nobody knows the language 'klingon'"))
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.contains("<span class=\"code-keyword\">let</span>"))
        #expect(page.contains("&lt;b&gt;"))
    }

    @Test func `a theme may say which language's colours the code of another gets`() async throws {
        let site = try FixtureSite(writing: [
            "themes/plain/theme.config":
                "languages:\n  klingon: { name: tlhIngan, colors: swift }\n  http: { name: HTTP, colors: text }\n",
            "content/a.md": "```klingon\nlet x = 1\n```\n\n```http\nGET /\n```\n",
        ])
        defer { site.remove() }
        #expect(try await site.problems(Self.options()) == "")
        let page = try #require(site.text("public/a/index.html"))
        #expect(page.contains("<span class=\"code-keyword\">let</span>") && page.contains("language-klingon"))
    }

    @Test func `code that is too long is told where it stands`() async throws {
        let code = String(repeating: "let x = 1\n", count: 1 << 17)
        let site = try FixtureSite(writing: ["content/a.md": "a\n\n```swift\n\(code)```\n"])
        defer { site.remove() }
        #expect(
            try await site.problems(Self.options()) == """
                content/a.md:3:1: warning: this code is too long to be coloured
                    it may have 1024 KB; part it, or write 'text' where no colours are meant
                """
        )
    }

    @Test func `switched off, or without the program, code stays as it is`() async throws {
        let off = try FixtureSite(writing: Self.files, config: "markdown: { highlight: false }\n")
        defer { off.remove() }
        #expect(try await off.problems(Self.options()) == "")
        let without = try FixtureSite(writing: Self.files)
        defer { without.remove() }
        let problems = try await without.problems(Self.options("/nonexistent/gatehouse-highlight"))
        #expect(problems.hasPrefix("site.config: warning: code has no colours: '/nonexistent"))
        for site in [off, without] {
            let page = try #require(site.text("public/a/index.html"))
            #expect(page.contains("let x = &quot;&lt;b&gt;&quot;"))
        }
    }
}
