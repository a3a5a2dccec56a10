import FoundationEssentials
import Ground
import Testing
import Theme

struct ThemeTests {
    @Test func `a layout is filled with partials and inheritance`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache":
                "{{< base}}{{$main}}<h1>{{page.title}}</h1>{{{content}}}{{/main}}{{/base}}",
            "partials/base.mustache":
                "<title>{{page.title}}</title>{{$main}}nothing{{/main}}{{> parts/foot}}",
            "partials/parts/foot.mustache": "<p>{{site.title}}</p>",
        ]).load()
        let html = try theme.render(
            "layouts/page",
            [
                "page": .table(["title": "A & B"]), "site": .table(["title": "Here"]),
                "content": .html("<p>x</p>"),
            ]
        )
        #expect(html == "<title>A &amp; B</title><h1>A &amp; B</h1><p>x</p><p>Here</p>")
    }

    @Test(
        arguments: [
            (
                "{{x}}", .text("<a href=\"b\" c='d'> & e"),
                "&lt;a href=&quot;b&quot; c=&#39;d&#39;&gt; &amp; e"
            ),
            ("{{x}}", .html("<b>"), "&lt;b&gt;"),
            ("{{{x}}}", .html("<b>"), "<b>"),
            ("{{& x}}", .html("<b>"), "<b>"),
            ("{{x}}", .number(7), "7"),
            ("[{{missing}}{{x.missing}}]", .text("a"), "[]"),
            ("{{#x}}yes{{/x}}{{^x}}no{{/x}}", .flag(true), "yes"),
            ("{{#x}}yes{{/x}}{{^x}}no{{/x}}", .flag(false), "no"),
            ("{{#x}}yes{{/x}}{{^x}}no{{/x}}", .text(""), "no"),
            ("{{#x}}<{{.}}>{{/x}}", .text("a"), "<a>"),
            ("{{#x}}{{.}},{{/x}}{{^x}}none{{/x}}", .list(["a", "b"]), "a,b,"),
            ("{{#x}}{{.}},{{/x}}{{^x}}none{{/x}}", .list([]), "none"),
            ("{{count(x)}}{{#empty(x)}}!{{/empty(x)}}", .list(["a", "b"]), "2"),
            ("{{#x}}{{a}}{{outer}}{{/x}}", .table(["a": "1"]), "1out"),
        ] as [(String, TemplateValue, String)]
    )
    func `a value renders as its kind says`(template: String, value: TemplateValue, expected: String) throws {
        let theme = try ThemeOnDisk(["layouts/page.mustache": template]).load()
        #expect(try theme.render("layouts/page", ["x": value, "outer": "out"]) == expected)
    }

    @Test(arguments: ["<", ">", "&", "\"", "'"])
    func `a combining mark does not carry a sign through the escaping`(sign: String) throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{x}}{{> p}}{{#l}}{{.}}{{/l}}", "partials/p.mustache": "{{x}}",
        ]).load()
        let html = try theme.render(
            "layouts/page",
            ["x": .text(sign + "\u{301}"), "l": .list([.text(sign + "\u{301}")])]
        )
        #expect(!html.replacing("&", with: "").utf8.contains(where: { "<>\"'".utf8.contains($0) }))
        #expect(html.utf8.filter { $0 == UInt8(ascii: ";") }.count == 3)
    }

    @Test func `a template that is not there is told with its file`() throws {
        let theme = try ThemeOnDisk(["layouts/page.mustache": ""]).load()
        #expect(theme.has("layouts/page"))
        #expect(!theme.has("layouts/home"))
        #expect(throws: Diagnostic.self) { try theme.render("layouts/home", [:]) }
    }

    @Test func `assets and templates are listed apart and sorted`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "", "server/status.mustache": "", "assets/b.css": "b",
            "assets/a/x.mustache": "{{",
            "assets/.hidden": "", "README.md": "",
        ]).load()
        #expect(theme.assets.map(\.path) == ["assets/a/x.mustache", "assets/b.css"])
        #expect(theme.templateTexts.map(\.path) == ["layouts/page.mustache", "server/status.mustache"])
        #expect(theme.templates(in: "layouts") == ["page"])
    }
}
