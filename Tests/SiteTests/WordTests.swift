import Foundation
import Ground
import Settings
import Testing
import Theme

@testable import Site

/// Files of words: which of them a page speaks, and what is wrong with one.
struct WordTests {
    private static let layout = """
        {{site.language}} {{site.direction}} {{site.home}}|{{words.next}}|{{words.minutes(page.minutes)}}|{{page.date_words}}|{{{content}}}
        """

    private static let english = """
        months: [January, February, March, April, May, June, July, August, September, October, November, December]
        date: "{{day}} {{month}} {{year}}"
        next: Next
        minutes: { one: "{{count}} minute", other: "{{count}} minutes" }
        footnotes: Notes below
        """

    private static let files = [
        "themes/plain/layouts/page.mustache": layout,
        "themes/plain/words/en.yaml": english,
        "themes/plain/words/de.yaml": """
        months: [Januar, Februar, M\u{e4}rz, April, Mai, Juni, Juli, August, September, Oktober, November, Dezember]
        date: "{{day}}. {{month}} {{year}}"
        next: Weiter
        minutes: { one: "{{count}} Minute", other: "{{count}} Minuten" }
        footnotes: Fu\u{df}noten
        """,
        "content/index.md": "---\ntitle: Home\ndate: 2025-03-01\n---\nA.[^1]\n\n[^1]: B.\n",
        "content/de/_index.md": "---\ntitle: Start\ndate: 2025-03-01\n---\nA.[^1]\n\n[^1]: B.\n",
        "content/ar/a.md": "---\ntitle: A\ndate: 2025-03-01\n---\n",
    ]

    @Test func `a page speaks its language, and where that has no word, the site's`() async throws {
        let site = try FixtureSite(writing: Self.files, config: "language: en\nlanguages: [de, ar]")
        defer { site.remove() }
        let found = try await site.problems()
        #expect(found.hasPrefix("site.config: warning: the theme does not speak 'ar'"))
        #expect(!found.contains("de.yaml"))
        let home = try #require(site.text("public/index.html"))
        #expect(home.hasPrefix("en ltr /|Next|1 minute|1 March 2025|"))
        #expect(home.contains("aria-label=\"Notes below\""))
        let german = try #require(site.text("public/de/index.html"))
        #expect(german.hasPrefix("de ltr /de/|Weiter|1 Minute|1. M\u{e4}rz 2025|"))
        #expect(german.contains("aria-label=\"Fu\u{df}noten\""))
        let arabic = try #require(site.text("public/ar/a/index.html"))
        #expect(arabic == "ar rtl /|Next|1 minute|1 March 2025|")
    }

    @Test func `the site knows better than the theme`() async throws {
        var files = Self.files
        files["words/de.yaml"] = "next: Hopp\n"
        files["words/ar.yaml"] = "next: \u{627}\n"
        let site = try FixtureSite(writing: files, config: "language: en\nlanguages: [de, ar]")
        defer { site.remove() }
        let found = try await site.problems()
        #expect(
            found.contains(
                "words/ar.yaml: warning: the word 'date' is missing, and stands in 'en' on pages\n    add it, as in themes/plain/words/en.yaml:2:1"
            )
        )
        #expect(site.text("public/de/index.html")?.hasPrefix("de ltr /de/|Hopp|1 Minute|") == true)
        #expect(site.text("public/ar/a/index.html") == "ar rtl /|\u{627}|1 minute|1 March 2025|")
    }

    @Test(arguments: [
        ("nxt: a\n", "words/de.yaml:1:1: error: the theme has no word 'nxt'\n    did you mean 'next'?"),
        ("\nnext: '{{cuont}}'\n", "words/de.yaml:2:1: error: 'next' is not given '{{cuont}}'"),
        (
            "minutes: { one: '{{cuont}}', other: b }\n",
            "words/de.yaml:1:1: error: 'minutes' is not given '{{cuont}}'\n    did you mean 'count'?"
        ),
        (
            "minutes: { few: a, other: b }\n",
            "words/de.yaml:1:12: error: numbers have no form 'few' in 'de'\n    its forms are one, other"
        ),
        ("minutes: { one: a }\n", "words/de.yaml:1:1: error: 'minutes' has no form 'other'"),
        ("next: '{{#a}}'\n", "words/de.yaml:1:7: error: the braces in 'next' are not understood"),
        ("next: [a]\n", "words/de.yaml:1:1: error: 'next' must be a text, found a list"),
        ("months: [a]\n", "words/de.yaml:1:1: error: 'months' must be a list of twelve names"),
        ("next:\n", "words/de.yaml:1:1: error: 'next' says nothing"),
        ("next: { one: [a], other: b }\n", "words/de.yaml:1:14: error: 'one' must be a text, found a list"),
    ])
    func `a mistake in a file of words is told where it is`(text: String, problem: String) async throws {
        var files = Self.files
        files["words/de.yaml"] = text
        files["content/ar/a.md"] = nil
        let site = try FixtureSite(writing: files, config: "languages: [de]")
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(problem))
    }

    @Test(arguments: [
        (
            "{{words.nxt}}",
            "themes/plain/layouts/page.mustache:1:1: error: there is no word 'nxt'\n    did you mean 'next'?"
        ),
        (
            "\n{{words.minutes}}",
            "themes/plain/layouts/page.mustache:2:1: error: 'minutes' goes with a number"
        ),
    ])
    func `a word that a template asks for in vain is told where it asks`(text: String, problem: String)
        async throws
    {
        var files = Self.files
        files["themes/plain/layouts/page.mustache"] = text
        files["content/ar/a.md"] = nil
        let site = try FixtureSite(writing: files, config: "languages: [de]")
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(problem))
    }

    @Test func `words in a language that no page has are told of, and files that are none`() async throws {
        var files = Self.files
        files["words/dee.yaml"] = "next: a\n"
        files["words/de.json"] = "{}"
        let site = try FixtureSite(writing: files, config: "languages: [de, ar]")
        defer { site.remove() }
        let found = try await site.problems()
        #expect(found.contains("words/de.json: error: a file of words is called by its language"))
        #expect(
            found.contains("words/dee.yaml: warning: no page of the site is in 'dee'\n    did you mean 'de'?")
        )
    }

    @Test func `a theme without words needs none`() async throws {
        let site = try FixtureSite(
            writing: [
                "themes/plain/layouts/page.mustache": "{{site.direction}}|{{page.date_words}}",
                "content/index.md": "---\ndate: 2025-03-01\n---\n",
            ],
            config: "language: fa"
        )
        defer { site.remove() }
        #expect(try await site.problems().isEmpty)
        #expect(site.text("public/index.html") == "rtl|2025-03-01")
    }

    @Test func `a private page may say what the theme says`() async throws {
        var files = Self.files
        let sentence = "This browser holds no session of this site any more"
        files["themes/plain/words/en.yaml"]? += "\nsigned_out_note: \(sentence)\n"
        files["themes/plain/layouts/page.mustache"] = "{{words.signed_out_note}}{{{content}}}"
        files["content/secret.md"] = "---\nvisibility: private\n---\n\(sentence).\n"
        let site = try FixtureSite(writing: files, config: "languages: [de, ar]")
        defer { site.remove() }
        let found = try await site.problems()
        #expect(!found.contains("error"), "\(found)")
    }

    /// Every file of Lantern says what the English one says, with the same values, and nothing that nobody asks for.
    @Test func `Lantern says all its words in all its languages`() throws {
        let folder =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("themes/lantern").path
        let theme = try Theme.load(folder: folder, shownAs: "themes/lantern")
        let languages = theme.wordFiles.map {
            String($0.path.dropFirst("words/".count).dropLast(".yaml".count))
        }
        #expect(languages == ["ar", "de", "en", "es", "fr", "nl"])
        let others = languages.filter { $0 != "en" }.joined(separator: ", ")
        let settings = try Settings(
            parsing: "title: T\nurl: http://localhost\nlanguages: [\(others)]\n",
            file: "site.config",
            environment: [:]
        )
        let files = WordFiles(theme, folder: folder + "/none")
        #expect(SiteWords(files, theme: theme, settings: settings).problems == [])
        let english = try #require(files.ofTheme.first { $0.language == "en" })
        let names = Set(english.entries.map(\.name))
        #expect(Words.programNames.subtracting(names) == [])
        let used = Set(theme.wordReferences.map(\.name)).union(Words.programNames)
        #expect(names.subtracting(used).filter { !$0.hasPrefix("taxonomy_") } == [])
        for file in files.ofTheme {
            for entry in file.entries {
                let values = Set(entry.word.texts.flatMap(\.values))
                let missing = Set(english[entry.name]?.word.texts.flatMap(\.values) ?? []).subtracting(values)
                #expect(missing == [], "\(entry.place) \(entry.name)")
            }
        }
    }

    @Test(arguments: [
        ("en", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("AR", "rtl"), ("az-Arab", "rtl"), ("az", "ltr"),
        ("ur-Latn", "ltr"), ("he", "rtl"), ("fa-IR", "rtl"), ("de-1996", "ltr"),
    ])
    func `a language is written in the direction of its script`(tag: String, direction: String) {
        #expect(TextDirection(language: tag).rawValue == direction)
    }
}
