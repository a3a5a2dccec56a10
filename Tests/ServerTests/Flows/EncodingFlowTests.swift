import Compression
import Foundation
import Gate
import Ground
import HTTPTypes
import Testing

@testable import Server

/// Compressed answers over sockets.
struct EncodingFlowTests {
    private static func plain(_ page: Page) throws -> String {
        guard let name = page.fields[.contentEncoding] else { return page.text }
        let coding = try #require(ContentCoding(rawValue: name))
        return String(decoding: try coding.expand(page.body, limit: 1 << 20), as: UTF8.self)
    }

    @Test func `a browser gets the coding that it takes, and HEAD says the same`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            for (accepted, encoding) in [("gzip", "gzip"), ("gzip, br", nil), ("identity", nil)]
                as [(String, String?)]
            {
                let fields: HTTPFields = [.acceptEncoding: accepted]
                let page = try await browser.send(.get, "/about/", fields)
                let head = try await browser.send(.head, "/about/", fields)
                #expect(page.status == 200 && head.status == 200)
                if accepted == "gzip, br" {
                    #expect(["gzip", "br"].contains(page.fields[.contentEncoding]))
                } else {
                    #expect(page.fields[.contentEncoding] == encoding)
                }
                #expect(try Self.plain(page) == "<h1>About</h1>")
                #expect(page.fields[.contentLength] == "\(page.body.count)")
                #expect(page.fields[.vary] == "Accept-Encoding")
                for name in [
                    HTTPField.Name.contentLength, .contentEncoding, .eTag, .vary, .contentType, .cacheControl,
                ] {
                    #expect(head.fields[name] == page.fields[name], "\(name)")
                }
                #expect(head.body.isEmpty)
                let known = try #require(page.fields[.eTag])
                let again = try await browser.send(
                    .get,
                    "/about/",
                    [.acceptEncoding: accepted, .ifNoneMatch: known]
                )
                #expect(again.status == 304 && again.body.isEmpty && again.fields[.vary] == "Accept-Encoding")
            }
        }
    }

    @Test(arguments: ["br", "gzip", "br;q=0, *", "gzip, deflate, br, zstd"])
    func `no compressed answer to a guest holds a private word`(accepted: String) async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            for route in TestRelease.pages where route.visibility == .private {
                for path in [route.path, "\(route.path)index.html.br", "\(route.path)index.html.gz"] {
                    for range in [nil, "bytes=0-10"] as [String?] {
                        var fields: HTTPFields = [.acceptEncoding: accepted]
                        fields[.range] = range
                        let page = try await browser.visit(path, from: "none", fields)
                        #expect(page.status == (path == route.path ? 303 : 404))
                        #expect(page.fields[.contentEncoding] == nil)
                        for word in TestRelease.privateWords { #expect(!page.text.contains(word)) }
                    }
                }
            }
        }
    }

    @Test func `a member reads a private page compressed, and no cache keeps it`() async throws {
        try await Stage.run { stage in
            let browser = stage.browser()
            try await browser.signIn()
            let page = try await browser.visit("/members/", from: "same-origin", [.acceptEncoding: "br"])
            #expect(page.status == 200 && page.fields[.contentEncoding] == "br")
            #expect(try Self.plain(page).contains("Quillwort"))
            #expect(page.fields[.vary] == "Cookie, Accept-Encoding")
            #expect(page.fields[.cacheControl] == "private, no-store")
        }
    }

    /// Their forms carry tokens beside what the request said.
    @Test(arguments: ["/login", "/signup", "/nowhere/"])
    func `pages that the runtime makes are not compressed`(path: String) async throws {
        try await Stage.run { stage in
            let page = try await stage.browser().visit(path, from: "none", [.acceptEncoding: "gzip, br"])
            #expect(page.fields[.contentEncoding] == nil && page.text.contains("<html"))
        }
    }

    @Test func `a release whose twin is missing is refused, and one that was changed is not sent`()
        async throws
    {
        let release = try TestRelease()
        defer { release.remove() }
        let twin = "\(release.output)/current/public/about/index.html.br"
        let current = try CurrentRelease(output: release.output)
        let route = try #require(PagePath("/about/").flatMap { current.value.table[$0] })
        let sent = Representation(of: route, for: [.acceptEncoding: "br"])
        let length = try Data(contentsOf: URL(filePath: twin)).count
        try Data(repeating: 0x41, count: length).write(to: URL(filePath: twin))
        await #expect(throws: ReleaseFailure.self) { try await current.value.files.bytes(of: sent) }
        try FileManager.default.removeItem(atPath: twin)
        #expect(throws: ReleaseFailure.self) { try CurrentRelease(output: release.output) }
    }
}
