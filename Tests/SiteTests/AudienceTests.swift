import Foundation
import Testing

@testable import Site

struct AudienceTests {
    @Test func `lists and menus name what their readers may see, and of teasers the title only`() async throws
    {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\ntitle: Open\ndescription: one\nmenu: true\n---\n",
            "content/b.md": "---\ntitle: Closed\ndescription: two\nmenu: true\nvisibility: private\n---\n",
            "content/c.md":
                "---\ntitle: Teased\ndescription: three\nmenu: true\nvisibility: private\nteaser: true\n---\n",
            "content/d.md":
                "---\ntitle: Pro\ndescription: four\nmenu: true\nvisibility: private\nallow: { labels: [pro] }\n---\n",
            "content/in/index.md": "---\nvisibility: private\ntitle: In\n---\n",
            "content/in/e.md": "---\nvisibility: private\nallow: { labels: [pro] }\ntitle: Deep\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        let menu = { (path: String) in
            site.text(path)?.split(separator: "\n")[1].split(separator: "<a").map {
                String($0.split(separator: ">")[1].dropLast(3))
            }
        }
        #expect(menu("public/index.html") == ["Open", "Teased"])
        #expect(menu("private/b/index.html") == ["Open", "Closed", "Teased"])
        #expect(menu("private/d/index.html") == ["Open", "Closed", "Teased", "Pro"])
        let list = site.text("public/index.html")?.split(separator: "\n")[2]
        #expect(list == "<li>Open:one</li><li>Teased:</li>")
        #expect(site.text("private/in/index.html")?.contains("Deep") == false)
        #expect(site.text("site.json")?.contains("Closed") == false)
    }

    @Test func `a list holds the summaries of those pages only that its readers may read`() async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "---\ntitle: Open\n---\nPlainword [x](#h)[^1]\n\n## H\n\n[^1]: Noteword\n",
            "content/b.md": "---\ntitle: Closed\nvisibility: private\n---\nHiddenword\n",
            "content/c.md":
                "---\ntitle: Teased\nvisibility: private\nteaser: true\n---\nSecretword\n\n<!-- more -->\n",
            "content/in/index.md": "---\nvisibility: private\n---\n",
            "content/in/d.md": "---\nvisibility: private\n---\nMemberword\n",
            "themes/plain/layouts/page.mustache":
                "{{#pages}}<li>{{title}} {{summary_text}} {{{summary}}} {{minutes}}</li>{{/pages}}{{page.summary_text}}",
        ])
        defer { site.remove() }
        try await site.build()
        let list = site.text("public/index.html")
        #expect(
            list == "<li>Open Plainword x <p>Plainword <a href=\"/a/#h\">x</a></p>\n 1</li><li>Teased   </li>"
        )
        #expect(site.text("private/in/index.html")?.contains("<p>Memberword</p>\n 1</li>") == true)
        for (name, bytes) in try site.files() where !name.hasPrefix("private/") {
            let text = String(decoding: bytes, as: UTF8.self)
            for word in ["Hiddenword", "Secretword", "Memberword"] {
                #expect(!text.contains(word), "\(name)")
            }
        }
    }

    @Test func `the menu goes by weight, and the nearest section is current`() async throws {
        let site = try FixtureSite(writing: [
            "content/index.md": "---\ntitle: Home\nmenu: true\nweight: -1\n---\n",
            "content/z/index.md": "---\ntitle: Z\nmenu: true\n---\n", "content/z/deep/page.md": "",
            "content/y.md": "---\ntitle: Y\nmenu: Why\nweight: 5\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        let menu = { (path: String) in site.text(path)?.split(separator: "\n")[1] }
        #expect(
            menu("public/z/deep/page/index.html")
                == #"<a href="/">Home</a><a href="/z/" class="current">Z</a><a href="/y/">Why</a>"#
        )
        #expect(
            menu("public/index.html")
                == #"<a href="/" class="current">Home</a><a href="/z/">Z</a><a href="/y/">Why</a>"#
        )
    }

    @Test func `a list goes by weight, then the newest first, then by address`() async throws {
        let site = try FixtureSite(writing: [
            "content/n/index.md": "", "content/n/a.md": "---\ntitle: a\n---\n",
            "content/n/b.md": "---\ntitle: b\ndate: 2024-01-01\n---\n",
            "content/n/c.md": "---\ntitle: c\ndate: 2025-01-01\n---\n",
            "content/n/d.md": "---\ntitle: d\nweight: -1\n---\n",
            "content/n/sub/index.md": "---\ntitle: sub\n---\n",
            "content/n/sub/deep.md": "---\ntitle: deep\n---\n",
        ])
        defer { site.remove() }
        try await site.build()
        #expect(
            site.text("public/n/index.html")?.contains(
                "<li>d:</li><li>c:</li><li>b:</li><li>a:</li><li>sub:</li>\n"
            ) == true
        )
    }
}
