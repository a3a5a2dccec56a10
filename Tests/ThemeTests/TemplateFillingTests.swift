import Mustache
import Testing

@testable import Theme

/// Templates are filled without the library where that gives the same bytes; these tests hold the two together.
struct TemplateFillingTests {
    private static let context: [String: TemplateValue] = [
        "t": "a <b> & \"c\" 'd'", "e": "", "h": .html("<i>é</i>\nsecond\n"), "n": .number(7), "y": true,
        "f": false,
        "l": .list(["one", "", .number(2), true, .table(["t": "inner", "l": .list(["x"])]), .list(["deep"])]),
        "none": .list([]),
        "o": .table(["t": "of o", "o": .table(["t": "of o.o"]), "l": .list(["p", "q"]), "e": ""]),
        "k": .list([.table(["a": "1"]), .table(["a": "2", "t": ""]), .table(["a": "3"])]),
    ]

    private static let partials = [
        "p": "<{{t}}>\n  {{> q}}\nline\n{{#l}}\n- {{.}}\n{{/l}}\n",
        "q": "first\nsecond {{index()}}\r\n{{{h}}}\n",
        "empty": "",
    ]

    @Test(
        arguments: [
            "", "\n", "  ", "text", "{ not a tag }", "{{t}}", "{{{t}}}", "{{& t }}", "{{ t }}\n{{e}}\n",
            "a{{{h}}}b",
            "  {{! aside }}  \nb", "a {{! aside }} b", "  {{! aside }}b", "{{!\n over lines }}\n",
            "{{#l}}{{.}},{{/l}}", "{{#l}}\n  {{.}}\n{{/l}}\n", " {{#y}} x {{/y}} \n",
            "{{#y}}\n x{{/y}}  {{t}}\n",
            "a {{#y}}\n{{/y}}\n  b",
            "{{^f}}no{{/f}}{{^e}}none{{/e}}{{^none}}empty{{t}}{{/none}}{{^x}}gone{{/x}}",
            "{{#k}}{{#first()}}[{{/first()}}{{a}}{{t}}{{^last()}}, {{/last()}}{{#last()}}]{{/last()}}{{/k}}",
            "{{#l}}{{index()}}{{#even()}}e{{/even()}}{{#odd()}}o{{/odd()}} {{/l}}",
            "{{first()}}{{#last()}}x{{/last()}}",
            "{{#l}}{{#index()}}{{.}}{{first()}}{{/index()}}{{/l}}",
            "{{count(l)}}{{empty(l)}}{{#empty(none)}}!{{/empty(none)}}",
            "{{count(t)}}{{count(o.l)}}{{#count(l)}}{{.}}{{/count(l)}}",
            "{{o.t}}{{o.o.t}}{{o.x.t}}{{x.o}}{{t.t}}",
            "{{#o}}{{t}}{{n}}{{.t}}{{.n}}{{#o}}{{t}}{{.o}}{{/o}}{{/o}}",
            "{{#t}}{{.}}{{t}}{{x}}{{/t}}{{#n}}{{.}}{{/n}}",
            "{{> p}}", "  {{> p}}\n", "\t{{> p}} \n after", "x {{> p}}\n", "{{#l}}\n {{> p}}\n{{/l}}",
            "{{> empty}}\n  {{> empty}}\n",
            "{{#k}}{{> q}}{{/k}}", "{{#y}}\n  {{#l}}\n    {{> q}}\n  {{/l}}\n{{/y}}\n",
            "{{l}}{{{none}}}{{y}}{{f}}{{{n}}}",
            "\r\n {{#y}}\r\n a\r\n {{/y}}\r\n b", "é{{t}}é\n{{> q}}é", "{{#l}}{{#.}}{{.}}{{/.}}{{/l}}",
            "{{#none}}x{{/none}}",
            "{{^none}}{{^t}}x{{/t}}{{.t}}{{first()}}{{/none}}", "{{a..b}}{{o..t}}{{#o}}{{..t}}{{/o}}",
            " \n {{t}} \n {{! x }}", "{{o}}{{{o}}}{{o.o}}{{#k}}{{.}}{{/k}}{{o.l}}",
        ]
    )
    func `a template is filled as the library fills it`(text: String) throws {
        let both = try Self.fillBoth(text)
        #expect(both.ours == both.library)
    }

    @Test(
        arguments: [
            "{{< p}}{{$b}}x{{/b}}{{/p}}", "{{$b}}x{{/b}}", "{{plusone(index())}}",
            "{{^none}}{{values}}{{/none}}", "a\rb",
            "a\u{2028}b", "{\u{301}{t}}", "{{t}}\u{301}", "{{\n t }}",
        ]
    )
    func `what is beyond us is left to the library`(text: String) {
        #expect(TemplateReader.code(of: text) == nil)
    }

    @Test func `a thousand templates put together by chance are filled as the library fills them`() throws {
        var chance = Chance(state: 7)
        for _ in 0..<1000 {
            let text = chance.template(depth: 3)
            let both = try Self.fillBoth(text)
            #expect(both.ours == both.library, "\(text.debugDescription)")
        }
    }

    /// swift-mustache would show them as Swift's debugger does, with tables in another order each time.
    @Test func `lists and tables are shown as JSON`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{{c}}} {{c.l}}",
            "layouts/beyond.mustache": "{{{c}}} {{c.l}}{{$b}}{{/b}}",
        ]).load()
        let context: [String: TemplateValue] = [
            "c": .table([
                "z": .flag(true), "b": .number(2), "a": "\"\\\n\u{1}é", "l": .list(["<b>", .html("&")]),
                "é": "",
                "B": .table([:]), "m": .markup(Array("<i>".utf8)),
            ])
        ]
        let json =
            #"{"B":{},"a":"\"\\\n\u0001é","b":2,"l":["<b>","&"],"m":"<i>","z":true,"é":""} [&quot;&lt;b&gt;&quot;,&quot;&amp;&quot;]"#
        #expect(try theme.render("layouts/page", context) == json)
        #expect(try theme.render("layouts/beyond", context) == json)
    }

    @Test func `a template with a partial beyond us is left to the library as a whole`() throws {
        let theme = try ThemeOnDisk([
            "layouts/page.mustache": "{{#l}}{{> one}}{{/l}}", "partials/one.mustache": "{{> two}}",
            "partials/two.mustache": "{{plusone(index())}}{{.}}",
        ]).load()
        #expect(try theme.render("layouts/page", ["l": .list(["a", "b"])]) == "ab")
    }
}

extension TemplateFillingTests {
    /// Fills a template with partials in both ways; where it is beyond us, that is a failure.
    private static func fillBoth(_ text: String) throws -> (ours: String, library: String) {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        var codes: [String: TemplateCode] = [:]
        var library = MustacheLibrary()
        for (name, text) in partials.merging(["page": text], uniquingKeysWith: { $1 }) {
            let code: TemplateCode = try #require(TemplateReader.code(of: text), "\(text.debugDescription)")
            codes[name] = code
            library.register(try Template(name: name, file: name, text: text).parsed, named: name)
        }
        let bytes = try #require(TemplateFilling.fill("page", of: TemplateProgram(codes), context))
        return (
            String(decoding: bytes, as: UTF8.self),
            try #require(library.render(TableNode(values: context), withTemplate: "page"))
        )
    }
}

/// The same templates in every run.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    mutating func one(of texts: [String]) -> String { texts.randomElement(using: &self) ?? "" }

    mutating func template(depth: Int) -> String {
        (0..<Int.random(in: 1...6, using: &self)).map { _ in piece(depth) }.joined()
    }

    private mutating func piece(_ depth: Int) -> String {
        let blanks = ["", "", " ", "  ", "\t"]
        let ends = ["", "", "\n", "\n", "\r\n", " \n", "\n\n"]
        let names = [
            "t", "e", "h", "n", "y", "f", "none", "o", "k", "x", "o.t", "o.l", "first()", "last()",
            "count(l)", "a",
        ]
        switch Int.random(in: 0..<8, using: &self) {
        case 0, 1:
            let word = one(of: ["word", "{ ", "} ", "é", "<p>"])
            return one(of: blanks) + word + one(of: blanks) + one(of: ends)
        case 2:
            return one(of: blanks) + "{{" + one(of: names.filter { $0 != "o" && $0 != "k" }) + "}}"
                + one(of: ends)
        case 3: return one(of: blanks) + "{{{" + one(of: ["t", "h", "a"]) + "}}}" + one(of: ends)
        case 4: return one(of: blanks) + "{{! aside }}" + one(of: ends)
        case 5: return one(of: blanks) + "{{> " + one(of: ["p", "q", "empty"]) + "}}" + one(of: ends)
        default:
            guard depth > 0 else { return "." }
            let name = one(of: names + ["l"])
            let open = one(of: blanks) + one(of: ["{{#", "{{#", "{{^"]) + name + "}}" + one(of: ends)
            return open + template(depth: depth - 1) + one(of: blanks) + "{{/" + name + "}}" + one(of: ends)
        }
    }
}
