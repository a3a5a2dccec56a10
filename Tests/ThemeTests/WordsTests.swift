import Testing
import Theme

/// What a theme says itself, in several languages.
struct WordsTests {
    private static let english = Words(
        language: "en",
        value: .table([
            "next": "Next & \"more\"", "lack": "for {{names}}",
            "minutes": .table(["one": "{{count}} minute", "other": "{{count}} minutes", "language": "en"]),
            "months": .list((1...12).map { .text("Month\($0)") }),
            "date": .table([
                "one": "1st {{month}} {{year}}", "other": "{{day}} {{month}} {{year}}", "language": "fr",
            ]),
        ])
    )

    @Test(
        arguments: [
            ("en", [0: "other", 1: "one", 2: "other", 11: "other", 21: "other"]),
            ("fr", [0: "one", 1: "one", 2: "other"]),
            ("ja", [0: "other", 1: "other"]),
            (
                "ar",
                [
                    0: "zero", 1: "one", 2: "two", 3: "few", 10: "few", 11: "many", 99: "many", 100: "other",
                    103: "few",
                ]
            ),
            (
                "ru",
                [1: "one", 2: "few", 5: "many", 11: "many", 12: "many", 21: "one", 22: "few", 111: "many"]
            ),
            ("pl", [1: "one", 2: "few", 5: "many", 12: "many", 21: "many", 22: "few"]),
            ("cs", [1: "one", 3: "few", 5: "other"]),
            ("lt", [1: "one", 2: "few", 10: "other", 11: "other", 21: "one"]),
            ("lv", [0: "zero", 1: "one", 11: "zero", 21: "one", 22: "other"]),
            ("sl", [1: "one", 2: "two", 3: "few", 101: "one", 5: "other"]),
            ("ro", [0: "few", 1: "one", 19: "few", 20: "other", 101: "few"]),
            ("pt", [0: "one"]), ("pt-PT", [0: "other"]), ("de-CH", [1: "one"]),
            ("xx", [1: "one", 2: "other"]),
        ]
    )
    func `a number takes the form that its language has`(language: String, forms: [Int: String]) {
        for (number, form) in forms {
            #expect(
                PluralRule(language: language).form(for: number).rawValue == form,
                "\(language) \(number)"
            )
        }
    }

    @Test(arguments: [
        ("{{words.minutes(page.minutes)}}", true),
        ("{{plusone(index())}}{{words.minutes(page.minutes)}}", false),
    ])
    func `a template says its words, escaped, with the form that a number asks for`(text: String, isOwn: Bool)
        throws
    {
        let disk = try ThemeOnDisk([
            "layouts/page.mustache": "<b title=\"{{words.next}}\">{{{words.next}}}</b> {{> p}}\n{{t}}",
            "partials/p.mustache": text,
        ])
        let theme = try disk.load().speaking(Self.english)
        for (minutes, shown) in [(1, "1 minute"), (2, "2 minutes"), (0, "0 minutes")] {
            let page = try theme.render(
                "layouts/page",
                [
                    "page": .table(["minutes": .number(minutes)]), "t": "end",
                    "words": .table(["next": "not this"]),
                ]
            )
            let next = "Next &amp; &quot;more&quot;"
            #expect(page == "<b title=\"\(next)\">\(next)</b> \(shown)\nend")
        }
    }

    @Test func `what the program says itself is filled in as plain text`() {
        #expect(Self.english.text("lack", ["names": "<b>"]) == "for <b>")
        #expect(Self.english.text("nothing") == nil)
        #expect(Self.english.date("2026-03-01") == "1st Month3 2026")
        #expect(Self.english.date("2026-12-24") == "24 Month12 2026")
        #expect(Self.english.date("soon") == "soon")
        #expect(Words(language: "en").date("2026-12-24") == "2026-12-24")
    }

    @Test func `words come back from a release as they went in`() {
        let again = Words(language: "en", value: Self.english.value)
        for name in ["next", "lack", "minutes", "months", "date"] {
            #expect(again[name] != nil && again[name] == Self.english[name])
        }
    }

    @Test(arguments: ["", "  ", "{{", "a {b}", "{{#x}}y{{/x}}", "{{{x}}}", "{{> p}}", "}} {{x}}", "{{x y!}}"])
    func `braces hold values, and nothing else`(text: String) {
        #expect(WordText(text) == nil)
    }

    @Test func `a section over a word is an error`() throws {
        let disk = try ThemeOnDisk(["layouts/page.mustache": "a\n{{#words.next}}x{{/words.next}}"])
        #expect(disk.problems().hasPrefix("themes/small/layouts/page.mustache:2:1: error: words are shown"))
    }
}
