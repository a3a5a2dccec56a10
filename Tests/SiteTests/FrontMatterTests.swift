import Gate
import Ground
import Testing

@testable import Site

struct FrontMatterTests {
    private func problems(_ yaml: String) -> [String] {
        do throws(Diagnostics) {
            _ = try FrontMatter(yaml, file: "a")
            return []
        } catch {
            return error.all.map { "\($0.place): \($0.problem)" }
        }
    }

    @Test func `places are told in front matter whose lines end with CR`() {
        #expect(problems("title: a\rvisibility: no\r").map { $0.prefix(4) } == ["a:3:"])
    }

    @Test func `every key is read`() throws {
        let yaml = """
            title: "A"
            description: B
            date: 2025-01-02
            updated: 2025-01-03
            draft: true
            slug: c
            layout: wide
            visibility: private
            allow: { labels: [pro], teams: [staff], verified: true }
            tags: [x, y]
            weight: -3
            menu: Short
            teaser: true
            """
        let read = try FrontMatter(yaml, file: "a")
        #expect(read.title == "A" && read.description == "B" && read.slug == "c" && read.layout == "wide")
        #expect(read.date?.day == "2025-01-02" && read.updated?.day == "2025-01-03")
        #expect(read.isDraft && read.isTeaser && read.tags == ["x", "y"] && read.weight == -3)
        #expect(read.menu == .words("Short"))
        #expect(read.claim.visibility == .private)
        #expect(
            read.claim.requirements == [
                Requirement(labels: ["pro"]), Requirement(teams: ["staff"]), .verified,
            ]
        )
        #expect(read.claim.place == Place(file: "a", line: 9, column: 1))
    }

    @Test(arguments: [
        "visibility:", "visibility: Private", "visibility: members", "visibility: [private]",
        "visibility: true",
        "visibility: ''", "visibility: private, public", "Visibility: private", "visibilty: private",
        "visibility: private\nvisibility: public", "visibility: &x private", "- visibility: private",
        "private",
        "params:\n  visibility: private", "params: { allow: { labels: [pro] } }", "params: { draft: true }",
        "allow: pro", "allow: {}", "allow: { label: [pro] }", "allow: { verified: maybe }", "draft: yes",
        "draft: 'true'", "teaser: 1", "slug: a/b", "slug: '..'", "url: fees", "url: /a/../b",
        "url: https://x/",
        "url: /a/\nslug: b", "weight: heavy", "weight: 99999999999999999999", "date: tomorrow", "menu: [a]",
        "tags: money", "params: 3", "title: [a]", "layout:",
    ])
    func `what cannot be read is an error`(yaml: String) {
        #expect(!problems(yaml).isEmpty)
    }

    @Test func `an empty slug is no part of an address`() {
        #expect(
            problems("slug: \"\"") == ["a:2:7: slug must be one part of an address, such as 'fees', found ''"]
        )
    }

    /// Keys of other generators, and what is told of each.
    @Test(arguments: [
        ("lastmod", "2026-01-01", "'updated'"), ("publishDate", "2026-01-01", "'date'"),
        ("expiryDate", "2026-01-01", "'expires'"), ("categories", "[a]", "'taxonomies: [tags, categories]'"),
        ("extra", "{ a: 1 }", "'params'"), ("template", "a.html", "'layout'"),
        ("permalink", "/a/", "'url'"), ("redirect_from", "[/a/]", "'aliases'"), ("keywords", "[a]", "'tags'"),
        ("taxonomies", "{ tags: [a] }", "'tags: [one, two]'"), ("published", "false", "'draft: true'"),
    ])
    func `of a key of another generator it is told what to write here`(
        key: String,
        value: String,
        word: String
    ) {
        do throws(Diagnostics) {
            _ = try FrontMatter("title: a\n\(key): \(value)", file: "a")
            Issue.record("no error")
        } catch {
            #expect(error.all.map { "\($0.place): \($0.problem)" } == ["a:3:1: unknown key '\(key)'"])
            #expect(error.all.first?.advice?.contains(word) == true, "\(error)")
        }
    }

    @Test(arguments: [
        ("menu: true", FrontMatter.MenuEntry.title), ("menu: false", .none), ("menu: 'true'", .words("true")),
    ])
    func `a menu entry is a flag or words`(yaml: String, menu: FrontMatter.MenuEntry) throws {
        #expect(try FrontMatter(yaml, file: "a").menu == menu)
    }

    @Test func `lines are counted in the file, and all mistakes are told`() {
        #expect(
            problems("title: a\nvisibilty: private\ndraft: maybe") == [
                "a:3:1: unknown key 'visibilty'", "a:4:8: draft must be true or false, found 'maybe'",
            ]
        )
    }
}
