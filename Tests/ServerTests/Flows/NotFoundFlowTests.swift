import Foundation
import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

struct NotFoundFlowTests {
    private static let astray = (
        path: "/404.html", visibility: Visibility.public, requirements: [Requirement](),
        body: "<h1>Gone astray</h1>"
    )

    /// What an address without anything answers, on a server that starts with these pages.
    private func answer(
        _ page: (path: String, visibility: Visibility, requirements: [Requirement], body: String)?
    ) async throws -> Page {
        let release = try TestRelease(pages: TestRelease.pages + [page].compactMap(\.self))
        defer { release.remove() }
        let found = Found()
        let output = release.output
        try await Stage.run(adapt: { $0.output = output }) { stage in
            await found.set(try await stage.browser().visit("/nowhere/"))
        }
        return try #require(await found.page)
    }

    private actor Found {
        var page: Page?
        func set(_ page: Page) { self.page = page }
    }

    @Test func `the site's own page says that nothing is there, with the status 404`() async throws {
        let page = try await answer(Self.astray)
        #expect(page.status == 404)
        #expect(page.text == Self.astray.body)
        #expect(page.fields[.cacheControl] == "private, no-store")
    }

    @Test(arguments: [("/de/nowhere/", "Verlaufen"), ("/nowhere/", "astray"), ("/fr/nowhere", "astray")])
    func `an address in the tree of a language is answered in that, where the site has such a page`(
        address: String,
        says: String
    ) async throws {
        var german = Self.astray
        (german.path, german.body) = ("/de/404.html", "<h1>Verlaufen</h1>")
        let release = try TestRelease(
            pages: TestRelease.pages + [Self.astray, german],
            languages: ["en", "de", "fr"]
        )
        defer { release.remove() }
        let (found, output) = (Found(), release.output)
        try await Stage.run(adapt: { $0.output = output }) { stage in
            await found.set(try await stage.browser().visit(address))
        }
        let page = try #require(await found.page)
        #expect(page.status == 404 && page.text.contains(says))
    }

    @Test func `a private page never says so, though the table has it`() async throws {
        var hidden = Self.astray
        hidden.visibility = .private
        let page = try await answer(hidden)
        #expect(page.status == 404)
        #expect(!page.text.contains("astray"))
    }
}
