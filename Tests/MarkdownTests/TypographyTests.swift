import Ground
import Testing

@testable import Markdown

struct TypographyTests {
    private func render(
        _ text: String,
        _ language: String = "en",
        dialect: Set<MarkdownOptions.Extension> = [.gfm]
    )
        -> RenderedMarkdown
    {
        let marks = QuotationMarks(language: language)
        return MarkdownRenderer(MarkdownOptions(dialect: dialect, rawHTML: true, quotationMarks: marks))
            .render(text, file: "page.md")
    }

    @Test(arguments: [
        (#""a b" c"#, "“a b” c"), (#"'a b' c"#, "‘a b’ c"), ("don't, dogs'", "don’t, dogs’"),
        (#""'a' b""#, "“‘a’ b”"),
        (#"'a "b"'"#, "‘a “b”’"), ("'90s 'tis", "’90s ’tis"), (#"("a"), "b"/"c""#, "(“a”), “b”/“c”"),
        ("a -- b --- c - d", "a – b — c - d"),
        ("a ----- ---- -------", "a —– –– —––"), ("a... b.. c....", "a… b.. c…."),
        (#"*"a"*, "*a*", **'a'**"#, "<em>“a”</em>, “<em>a</em>”, <strong>‘a’</strong>"),
        (#""`"a--b"`""#, "“<code>&quot;a--b&quot;</code>”"),
        (#"\"a\" &quot;b&quot; \-- "c""#, "&quot;a&quot; &quot;b&quot; -- “c”"),
        ("\"a\nb\"", "“a\nb”"), (#"["a"](b "c--d")"#, #"<a href="b" title="c--d">“a”</a>"#),
        (#"![it's](a.png)"#, #"<img src="a.png" alt="it’s" />"#),
        ("<https://a.example/b--c>", #"<a href="https://a.example/b--c">https://a.example/b--c</a>"#),
        ("www.a.example/b--c", #"<a href="http://www.a.example/b--c">www.a.example/b--c</a>"#),
        (#"<b title="x--y">"z"</b>"#, #"<b title="x--y">“z”</b>"#), ("\" a", "&quot; a"), (#"—"a""#, "—“a”"),
        ("&amp;'s &euro;\"", "&amp;’s €”"),
    ])
    func `quotes, dashes and dots are set as a printer would`(text: String, html: String) {
        #expect(render(text).html == "<p>\(html)</p>\n")
    }

    @Test(arguments: [
        ("de", "„a ‚b‘ geht’s“"), ("fr", "«\u{202f}a “b” geht’s\u{202f}»"), ("de-CH", "«a ‹b› geht’s»"),
        ("sv", "”a ’b’ geht’s”"), ("pt-BR", "“a ‘b’ geht’s”"), ("tlh", "“a ‘b’ geht’s”"),
        ("ru-RU", "«a „b“ geht’s»"),
    ])
    func `a language has its own marks`(language: String, text: String) {
        #expect(render("\"a 'b' geht's\"", language).html == "<p>\(text)</p>\n")
    }

    @Test func `headings, cells, notes and alerts are set, and code is not`() {
        let page = render(
            "# \"A\"\n\n| \"b\" |\n|---|\n| \\\"c\\\" 'd' |\n\n```\n\"e\"\n```\n\n> [!NOTE]\n> \"f\"\n\ng[^1]\n\n[^1]: \"h\" \\\"i\\\"\n"
        )
        #expect(page.headings.map(\.text) == ["“A”"] && page.headings.map(\.id) == ["a"])
        for text in [
            "<th>“b”</th>", "<td>&quot;c&quot; ‘d’</td>", "<code>&quot;e&quot;", "<p>“f”</p>",
            "<p>“h” &quot;i&quot; ",
        ] {
            #expect(page.html.contains(text), "\(text)")
        }
    }

    @Test func `places behind what was set are right`() {
        let page = render("\"a\" -- ... \\\"\n\"b\" [c](d.md)\n")
        #expect(page.references.map { "\($0.place.line):\($0.place.column)" } == ["2:5"])
    }

    @Test func `it is off unless it is asked for`() {
        let html = MarkdownRenderer(MarkdownOptions()).render("\"a\" -- b...", file: "page.md").html
        #expect(html == "<p>&quot;a&quot; -- b...</p>\n")
    }
}
