import Foundation
import Testing

@testable import Site

/// Trees of languages, and pages that translate each other.
struct LanguageTests {
    private static let theme = """
        {{site.language}}|{{#translations}}{{language}}:{{title}}:{{url}}{{#current}}*{{/current}}{{#default}}!{{/default}} {{/translations}}|{{#site.navigation}}{{title}} {{/site.navigation}}
        """

    @Test
    func
        `translations name each other, as far as their readers may read them, and menus are of one language`()
        async throws
    {
        let site = try FixtureSite(
            writing: [
                "themes/plain/layouts/page.mustache": Self.theme,
                "content/index.md": "---\ntitle: Home\nmenu: true\n---\n",
                "content/de/_index.md": "---\ntitle: Start\nmenu: true\n---\n",
                "content/a.md": "---\ntitle: A\nmenu: true\nvisibility: public\n---\n",
                "content/de/a.md": "---\ntitle: Ah\nmenu: true\nslug: ah\nvisibility: public\n---\n",
                "content/fr/a.md": "---\ntitle: Geheim\nmenu: true\nvisibility: private\n---\n",
                "content/de/b.md": "---\ntitle: B\n---\n",
                "content/dei/a.md": "---\ntitle: Other\n---\n",
            ],
            config: "languages: [de, fr]"
        )
        defer { site.remove() }
        try await site.build()
        let host = "http://localhost:8080"
        #expect(
            site.text("public/a/index.html")
                == "en|en:A:\(host)/a/*! de:Ah:\(host)/de/ah/ |Home A "
        )
        #expect(
            site.text("public/de/ah/index.html") == "de|en:A:\(host)/a/! de:Ah:\(host)/de/ah/* |Start Ah "
        )
        #expect(site.text("public/de/b/index.html") == "de||Start Ah ")
        #expect(site.text("public/dei/a/index.html") == "en||Home A ")
        #expect(
            site.text("public/index.html") == "en|en:Home:\(host)/*! de:Start:\(host)/de/ |Home A "
        )
        #expect(
            site.text("private/fr/a/index.html")
                == "fr|en:A:\(host)/a/! de:Ah:\(host)/de/ah/ fr:Geheim:\(host)/fr/a/* |Geheim "
        )
        let open = try site.files().filter { $0.value.range(of: Data("Geheim".utf8)) != nil }.keys
        #expect(open.allSatisfy { $0.hasPrefix("private/") })
    }

    @Test func `a page that says nothing is not public where its translation is private`() async throws {
        let site = try FixtureSite(
            writing: [
                "content/index.md": "# Home\n", "content/members/fees.md": "# Fees\n",
                "content/de/members/fees.md": "# Beitr\u{e4}ge\n",
                "content/de/members/hut.md": "# H\u{fc}tte\n",
            ],
            config: "languages: [de]\nvisibility:\n  rules:\n    - { path: /members/**, visibility: private }"
        )
        defer { site.remove() }
        let found = try await site.problems()
        #expect(
            found.contains(
                "content/de/members/fees.md: error: this page is public, but content/members/fees.md, which translates it, is private"
            ),
            "\(found)"
        )
        #expect(!found.contains("hut.md"))
    }

    @Test func `each language has its own feeds and lists of pages, and pages name those of theirs`()
        async throws
    {
        let layout = "{{#feeds}}{{href}} {{title}};{{/feeds}}|{{#related}}{{title}} {{/related}}"
        let site = try FixtureSite(
            writing: [
                "themes/plain/layouts/page.mustache": layout,
                "themes/plain/words/de.yaml": "pages: Seiten\n",
                "content/index.md": "---\ntitle: Home\n---\n",
                "content/a.md": "---\ntitle: A\ndate: 2025-01-01\ntags: [x]\n---\n",
                "content/c.md": "---\ntitle: C\ndate: 2025-01-02\ntags: [x]\n---\n",
                "content/de/_index.md": "---\ntitle: Start\ndescription: Hier.\n---\n",
                "content/de/a.md": "---\ntitle: Ah\ndate: 2025-01-02\ntags: [x]\n---\n",
                "content/de/neu/_index.md": "---\ntitle: Neues\n---\n",
                "content/de/neu/b.md": "---\ntitle: Beh\ndate: 2025-01-03\n---\n",
                "content/de/neu/s.md": "---\ntitle: Geheim\ndate: 2025-01-03\nvisibility: private\n---\n",
                "content/fr/f.md": "---\ntitle: Secret\ndate: 2025-01-03\nvisibility: private\n---\n",
            ],
            config: "languages: [de, fr]\ntaxonomies: [tags]"
        )
        defer { site.remove() }
        try await site.build()
        let english = try #require(site.text("public/feed.xml"))
        #expect(english.contains("xml:lang=\"en\"") && english.contains("<title>A</title>"))
        #expect(!english.contains("Ah"))
        let german = try #require(site.text("public/de/feed.xml"))
        #expect(german.contains("xml:lang=\"de\"") && german.contains("<title>Small (de)</title>"))
        #expect(german.contains("<title>Ah</title>") && german.contains("<title>Beh</title>"))
        #expect(!german.contains("Geheim") && !german.contains("<title>A</title>"))
        #expect(german.contains("hreflang=\"de\" href=\"http://localhost:8080/de/\""))
        #expect(site.text("public/de/feed.json")?.contains("\"language\" : \"de\"") == true)
        #expect(site.text("private/de/for/members/feed.xml")?.contains("Geheim") == true)
        #expect(site.text("public/fr/feed.xml") == nil)
        #expect(site.text("private/fr/for/members/feed.xml")?.contains("Secret") == true)
        #expect(
            site.text("public/de/llms.txt") == """
                # Small

                > Hier.

                ## Neues

                - [Beh](http://localhost:8080/de/neu/b/)
                - [Neues](http://localhost:8080/de/neu/)

                ## Seiten

                - [Ah](http://localhost:8080/de/a/)
                - [Start](http://localhost:8080/de/): Hier.

                """
        )
        #expect(site.text("public/llms.txt")?.contains("/de/") == false)
        #expect(site.text("public/a/index.html") == "/feed.xml Small;/feed.json Small;|C ")
        #expect(
            site.text("public/de/neu/b/index.html")
                == "/de/neu/feed.xml Neues;/de/neu/feed.json Neues;/de/feed.xml Small (de);/de/feed.json Small (de);|"
        )
        #expect(site.text("public/de/a/index.html") == "/de/feed.xml Small (de);/de/feed.json Small (de);|")
    }

    @Test(arguments: [
        ("languages: [en]", "site.config:4:13: error: 'en' is a language of the site already"),
        ("languages: [de, de]", "site.config:4:17: error: 'de' is a language of the site already"),
        ("languages: ['/']", "site.config:4:13: error: languages must be language tags"),
    ])
    func `what is no other language is an error`(config: String, problem: String) async throws {
        let site = try FixtureSite(writing: [:], config: config)
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(problem))
    }
}
