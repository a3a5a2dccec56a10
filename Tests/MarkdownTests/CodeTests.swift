import Ground
import Testing

@testable import Markdown

struct CodeTests {
    /// Colours `let`, knows no Klingon, and cannot colour Latin.
    private static let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm])) { code, language in
        switch language {
        case "klingon": return .unknownLanguage
        case "latin": return .plain
        default:
            let text = String(decoding: code, as: UTF8.self).replacing("let", with: "<b>let</b>")
            return .html(Array(text.utf8))
        }
    }

    @Test(arguments: [
        ("swift", CodeInfo("swift".utf8), "swift", "", false), ("", CodeInfo("".utf8), "", "", false),
        ("title", CodeInfo("js  title=\"a b.js\" numbers".utf8), "js", "a b.js", true),
        ("rust", CodeInfo("rust,ignore should_panic".utf8), "rust,ignore", "", false),
        ("open", CodeInfo("js title=\"a".utf8), "js", "a", false),
    ])
    func `what stands behind a fence`(
        name: String,
        info: CodeInfo,
        language: String,
        title: String,
        numbers: Bool
    ) {
        #expect(info.language == language && info.title == title && info.isNumbered == numbers)
        #expect(info.marked.isEmpty)
    }

    @Test(
        arguments: [
            ("{1}", [1...1]), ("{2, 4-6}", [2...2, 4...6]), ("{4-2}", []), ("{x}", []), ("{0}", []),
            ("{1-2-3}", []), ("{-1}", []), ("{", []), ("{3", [3...3]),
        ] as [(String, [ClosedRange<Int>])]
    )
    func `lines that stand out`(text: String, lines: [ClosedRange<Int>]) {
        #expect(CodeInfo("js \(text)".utf8).marked == lines)
    }

    @Test(arguments: [
        (
            "```swift\nlet x\n```\n",
            "<pre><code class=\"language-swift\"><b>let</b> x\n</code></pre>\n"
        ),
        ("```\nlet <x>\n```\n", "<pre><code>let &lt;x&gt;\n</code></pre>\n"),
        ("    let <x>\n", "<pre><code>let &lt;x&gt;\n</code></pre>\n"),
        ("```text\nlet\n```\n", "<pre><code class=\"language-text\">let\n</code></pre>\n"),
        ("```latin\na<b\n```\n", "<pre><code class=\"language-latin\">a&lt;b\n</code></pre>\n"),
        (
            "```c title=\"<a>.c\" numbers {2}\nlet\n\n```\n",
            """
            <p class="code-title">&lt;a&gt;.c</p>
            <pre class="code-numbered"><code class="language-c"><span class="code-line"><b>let</b></span>
            <span class="code-line code-marked"></span>
            </code></pre>

            """
        ),
    ])
    func `code is written with its colours, title and lines`(text: String, html: String) {
        let page = Self.renderer.render(text, file: "page.md")
        #expect(page.html == html)
        #expect(page.diagnostics.isEmpty)
    }

    @Test func `an unknown language is a warning with its line, and the code stays`() {
        let page = Self.renderer.render("a\n\n```klingon\nqapla' <x>\n```\n", file: "page.md")
        #expect(page.html.contains("<code class=\"language-klingon\">qapla' &lt;x&gt;\n"))
        #expect(
            page.diagnostics.map(\.description) == [
                "page.md:3:1: warning: nobody knows the language 'klingon'\n    write 'text' where no colours are meant"
            ]
        )
    }

    /// Each with the problems that are told of it, and part of the advice.
    @Test(arguments: [
        ("{1-}", ["'1-' names no lines"], "{2,4-6}"),
        ("{linenos=true}", ["'linenos=true' names no lines"], "numbers"),
        ("{1,x,2-1}", ["'2-1' names no lines", "'x' names no lines"], "{2,4-6}"),
        ("{}", ["'{}' names no lines"], "{2,4-6}"),
        ("{1", ["'{1' is never closed"], "'}'"), ("title=\"a", ["the title is never closed"], "'\"'"),
        ("{2,99}", ["the code has no line 99"], "it has 2 lines"),
        ("{1-3}", ["the code has no line 3"], "it has 2"),
        ("title=foo", ["a title stands in double quotes"], "title=\"foo\""),
        ("title='a b' numbers", ["a title stands in double quotes"], "title=\"a b\""),
        ("numbers=5", ["'numbers=5' means nothing here"], "did you mean 'numbers'?"),
        (
            "showLineNumbers", ["'showLineNumbers' means nothing here"],
            "known here: title=\"…\", {2,4-6}, numbers"
        ),
        ("number", ["'number' means nothing here"], "did you mean 'numbers'?"),
    ])
    func `what means nothing behind a fence is a warning`(info: String, problems: [String], advice: String) {
        let found = Self.renderer.render("a\n\n> ```c \(info)\n> x\n> y\n> ```\n", file: "page.md")
            .diagnostics
        #expect(found.map(\.problem).sorted() == problems)
        #expect(found.allSatisfy { $0.severity == .warning && $0.place.line == 3 && $0.place.column == 3 })
        #expect(found.allSatisfy { $0.advice?.contains(advice) == true }, "\(found)")
    }

    @Test func `without colours it means nothing, and nobody is warned`() {
        let plain = MarkdownRenderer(MarkdownOptions(dialect: [.gfm, .markdoc]))
        #expect(plain.render("```c {9} x\nlet\n```\n", file: "page.md").diagnostics.isEmpty)
    }

    @Test func `without colours nothing changes`() {
        let plain = MarkdownRenderer(MarkdownOptions(dialect: [.gfm]))
        let html = plain.render("```c title=\"x\" {1}\nlet\n```\n", file: "page.md").html
        #expect(html == "<pre><code class=\"language-c\">let\n</code></pre>\n")
    }
}
