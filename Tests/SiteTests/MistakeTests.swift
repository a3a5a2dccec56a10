import Foundation
import Ground
import Testing

@testable import Site

/// Sites that must fail, each with the exact words that its author reads.
struct MistakeTests {
    static let sites = [
        "allow-on-a-public-page", "bad-yaml", "dead-links", "laxer-than-the-rule", "literal-api-key",
        "missing-layout",
        "missing-partial", "not-utf-8", "nul-byte", "page-on-a-route", "public-page-shows-private-image",
        "two-pages-at-one-url", "unknown-config-key", "unknown-front-matter-key", "unreadable-visibility",
    ]

    @Test(arguments: sites)
    func `a mistake is told with file, line, column and advice, and nothing is written`(name: String)
        async throws
    {
        let site = FixtureSite(name)
        defer { site.remove() }
        let diagnostics = try #require(await #expect(throws: Diagnostics.self) { try await site.build() })
        let expected = try String(contentsOfFile: "\(site.source)/expected-diagnostics.txt", encoding: .utf8)
        #expect(diagnostics.description + "\n" == expected)
        #expect(site.current == nil)
    }

    @Test
    func `a symbolic link out of content is refused`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        try FileManager.default.createSymbolicLink(
            atPath: "\(site.source)/content/passwords.txt",
            withDestinationPath: "/etc/passwd"
        )
        let diagnostics = try #require(await #expect(throws: Diagnostics.self) { try await site.build() })
        #expect(diagnostics.all.map(\.place.file) == ["content/passwords.txt"])
    }

    @Test(arguments: [16 << 20 + 1, 64 << 30])
    func `a page that is too long is refused unread`(length: Int) async throws {
        let site = try FixtureSite(writing: ["content/big.md": ""])
        defer { site.remove() }
        #expect(truncate("\(site.source)/content/big.md", length) == 0)
        #expect(
            try await site.problems() == """
                content/big.md: error: the text is too long for a page
                    part the text into pages of less than 16 MB
                """
        )
    }

    @Test
    func `a theme that leaves the server without a page is refused`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        for name in ["status", "account"] {
            try FileManager.default.removeItem(atPath: "\(site.source)/themes/plain/server/\(name).mustache")
        }
        let diagnostics = try #require(await #expect(throws: Diagnostics.self) { try await site.build() })
        #expect(diagnostics.description.contains("the theme has no server template 'account'"))
        #expect(diagnostics.all.count == 2)
    }

    @Test
    func `mistakes in several files are told together`() async throws {
        let site = try FixtureSite(copyOf: "members")
        defer { site.remove() }
        try site.write("---\nvisibility: maybe\n---\n", to: "content/a.md")
        try site.write("---\nvisibility: perhaps\n---\n", to: "content/b.md")
        let diagnostics = try #require(await #expect(throws: Diagnostics.self) { try await site.build() })
        #expect(diagnostics.all.map(\.place.file) == ["content/a.md", "content/b.md"])
    }
}
