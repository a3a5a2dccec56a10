import Ground
import Testing

@testable import Markdown

struct FormulaTests {
    private func render(_ text: String, smart: Bool = false) -> RenderedMarkdown {
        let marks = smart ? QuotationMarks(language: "en") : nil
        return MarkdownRenderer(
            MarkdownOptions(dialect: [.gfm, .math], rawHTML: true, quotationMarks: marks)
        )
        .render(text, file: "page.md")
    }

    private let x = "<math><mi>x</mi></math>"

    @Test(arguments: [
        ("a $x$ b", "a %x b"), ("$x$", "%x"), ("($x$), $x$.", "(%x), %x."), ("*$x$*", "<em>%x</em>"),
        ("~~$x$~~", "<del>%x</del>"),
        ("[$x$](a)", "<a href=\"a\">%x</a>"), ("a\n$x$ b\n$x$", "a\n%x b\n%x"), ("$x$ and \\$5", "%x and $5"),
        ("a$x$b$x$c", "a%xb%xc"),
        ("`$` $x$", "<code>$</code> %x"), ("<b title=\"$\">$x$</b>", "<b title=\"$\">%x</b>"),
        ("[a](b$c) $x$", "<a href=\"b$c\">a</a> %x"),
        ("https://a.example/$b $x$", "<a href=\"https://a.example/$b\">https://a.example/$b</a> %x"),
        ("ä $x$ ö", "ä %x ö"), ("$4, see `$HOME` and $x$", "$4, see <code>$HOME</code> and %x"),
        ("$x$ `a` $x$", "%x <code>a</code> %x"),
    ])
    func `a formula stands in the text`(text: String, html: String) {
        #expect(
            render(text).html
                == "<p>\(html.split(separator: "%x", omittingEmptySubsequences: false).joined(separator: x))</p>\n"
        )
    }

    @Test(arguments: [
        "costs $5 and $6", "from $5 to $10, or $20", "$ x$", "$x $", "$x$5", "\\$x$", "`$x$`", "$x",
        "$x\n\ny$", "$$$", "$$ $$", "a $$x b",
        "US$5 and CA$6 each", "\\$x\\$", "[a]($x$)", "<https://a.example/$x$>", "https://a.example/$x$",
        "It costs $4, see `$HOME`.", "$4 `a` b$", "$4, see ``\n$HOME` ``.", "$$4 `$$`", "$$4 `a $$` b",
        "# a $$x\ny$$", "a $$x\n===\n\ny$$", "| $$x |\n|---|\n| y$$ |",
    ])
    func `what only looks like a formula stays prose`(text: String) {
        #expect(!render(text).html.contains("<math"))
        #expect(render(text).diagnostics.isEmpty)
    }

    @Test(arguments: [
        ("$$x$$\n", "<p><math display=\"block\"><mi>x</mi></math></p>\n"),
        (
            "$$\nx\n- 1\n+ 2\n= 3\n$$\n",
            "<p><math display=\"block\"><mi>x</mi><mo>−</mo><mn>1</mn><mo>+</mo><mn>2</mn><mo>=</mo><mn>3</mn></math></p>\n"
        ),
        ("a\n$$\nx\n$$\nb\n", "<p>a\n<math display=\"block\"><mi>x</mi></math>\nb</p>\n"),
        (
            "> $$\n> x\n> $$\n",
            "<blockquote>\n<p><math display=\"block\"><mi>x</mi></math></p>\n</blockquote>\n"
        ),
        ("- $$\n  x\n  $$\n", "<ul>\n<li><math display=\"block\"><mi>x</mi></math></li>\n</ul>\n"),
        ("```math\nx\n```\n", "<p><math display=\"block\"><mi>x</mi></math></p>\n"),
        ("$$x\n# y$$\n", ""), ("$a\n_b$\n", "<p><math><msub><mi>a</mi><mi>b</mi></msub></math></p>\n"),
    ])
    func `a formula may stand alone and go on over lines`(text: String, html: String) {
        if html.isEmpty {
            #expect(!render(text).diagnostics.isEmpty)
        } else {
            #expect(render(text).html == html)
        }
    }

    @Test func `what TeX writes is not read as Markdown`() {
        let html = render("$a_1*b*c_2 \\\\ [x](y) <i>$").diagnostics.map(\.problem)
        #expect(html == ["'\\\\' stands outside of an environment"])
        #expect(render("$a_1*b*c_2$ and $\\{d_e\\}$").html.contains("<em>") == false)
    }

    /// A backtick is a sign of TeX where no code begins with it, or within braces.
    @Test(arguments: [
        "$x`$", "$\\text{``a'' or ``b''}$", "$\\text{``a''}$ and $\\text{``b''}$",
        "$$\n\\text{``a'' ``b''}\n$$",
    ])
    func `backticks may stand in a formula`(text: String) {
        let page = render(text)
        #expect(page.html.contains("<math") && !page.html.contains("<code") && !page.html.contains("$"))
    }

    @Test func `formulas stand in headings, tables, notes and alerts`() {
        let page = render(
            "# On $x$\n\n| $x$ | `\\|` |\n|---|---|\n| $x$ $y$ | a |\n\nb[^1]\n\n[^1]: note $x$\n\n    more $y$\n\n> [!NOTE]\n> $x$\n"
        )
        let y = "<math><mi>y</mi></math>"
        for part in [
            "<h1 id=\"on-x\">On \(x)</h1>", "<th>\(x)</th>", "<td>\(x) \(y)</td>",
            "<p>note \(x)</p>\n<p>more \(y) ", "Note</p>\n<p>\(x)</p>",
        ] {
            #expect(page.html.contains(part), "\(part)")
        }
        #expect(page.headings.map(\.text) == ["On x"])
        #expect(page.diagnostics.isEmpty)
    }

    /// Each with the place at which it shows.
    @Test(arguments: [
        ("ä $\\foo$\n", "1:4"), ("$$\nx\n  \\foo\n$$\n", "3:3"), ("> a\n> $x + \\foo$\n", "2:8"),
        ("| a |\n|---|\n| $\\foo$ |\n", "3:4"),
        ("a[^1]\n\n[^1]: ö $\\foo$\n\n    $\\bar x$ $\\foo$\n", "3:10 5:15"),
        ("```math\nx\n \\foo\n```\n", "3:2"), ("> ```math\n> \\foo\n> ```\n", "2:3"),
        ("# $\\foo$\n", "1:4"), ("$x\n, \\foo$\n", "2:3"),
    ])
    func `a mistake in a formula is an error at its place`(text: String, places: String) {
        let found = render(text).diagnostics
        #expect(found.map { "\($0.place.line):\($0.place.column)" }.joined(separator: " ") == places)
        #expect(found.allSatisfy { $0.severity == .error && $0.problem == "unknown command '\\foo'" })
    }

    @Test func `a formula that code has swallowed is an error at its place`() {
        let page = render("```a\n$$x\n> b ```\n$$ ```\n")
        #expect(page.diagnostics.isEmpty)
        let other = render("a ```b\n$$ c\n> d\n*$$ ```\n")
        #expect(
            other.diagnostics.map { "\($0.place.line):\($0.place.column) \($0.problem)" } == [
                "2:1 this formula overlaps with code, a link or raw HTML"
            ]
        )
    }

    @Test func `places behind formulas are right`() {
        let page = render("$x$ [a](b)\n$$\ny\n$$ [c](d)\n[e](f)\n")
        #expect(
            page.references.map { "\($0.destination) \($0.place.line):\($0.place.column)" } == [
                "b 1:5", "d 4:4", "f 5:1",
            ]
        )
    }

    @Test func `quotes around formulas are set, and those in them are not`() {
        #expect(
            render("\"$x$\" isn't $x'$", smart: true).html.hasPrefix(
                "<p>“\(x)” isn’t <math><msup><mi>x</mi><mo>′</mo>"
            )
        )
    }

    @Test func `without the dialect a dollar sign is a dollar sign`() {
        let renderer = MarkdownRenderer(MarkdownOptions(dialect: [.gfm]))
        #expect(renderer.render("$x$", file: "page.md").html == "<p>$x$</p>\n")
        #expect(
            renderer.render("```math\nx\n```", file: "page.md").html
                == "<pre><code class=\"language-math\">x\n</code></pre>\n"
        )
    }

    @Test(arguments: [
        "$", "$$", "$x$", "$x", "$$x", "`$", "[](", "$\\", "<a$", "$x\ny$ ", "$$\n# h\n", "a $$\n- b\n",
    ])
    func `a hundred thousand signs end`(text: String) {
        #expect(render(String(repeating: text, count: 100_000 / text.utf8.count)).html.utf8.count > 0)
    }
}
