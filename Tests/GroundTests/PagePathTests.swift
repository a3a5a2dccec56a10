import Foundation
import Ground
import Testing

struct PagePathTests {
    @Test
    func `the file of hostile paths is there`() {
        #expect(fixtureLines("hostile-paths.txt").count > 100)
    }

    @Test(arguments: fixtureLines("hostile-paths.txt"))
    func `a hostile request target is no page path`(target: String) {
        #expect(PagePath(requestTarget: target) == nil)
    }

    static let targets: [(target: String, text: String)] = [
        ("/", "/"), ("/members/", "/members/"), ("/members", "/members"), ("/a.b/c-d_e~f", "/a.b/c-d_e~f"),
        ("/gr%C3%B6%C3%9Fe/", "/größe/"), ("/gr%c3%b6%c3%9fe/", "/größe/"), ("/two%20words/", "/two words/"),
        ("/%6d%65mbers/", "/members/"), ("/.well-known/x", "/.well-known/x"), ("/.../", "/.../"),
        ("/..a", "/..a"),
        ("/a..b/", "/a..b/"), ("/%F0%9F%8C%B3", "/🌳"), ("/a+b;c=d@e:f", "/a+b;c=d@e:f"), ("/%7B%7D", "/{}"),
    ]

    @Test(arguments: targets)
    func `a request target is decoded once`(target: String, text: String) throws {
        #expect(try #require(PagePath(requestTarget: target)).text == text)
    }

    @Test(arguments: targets)
    func `an encoded path reads back as the same path`(target: String, text: String) throws {
        let path = try #require(PagePath(text))
        #expect(PagePath(requestTarget: path.encoded) == path)
        #expect(
            path.encoded.utf8.allSatisfy {
                (0x21...0x7e).contains($0) && $0 != 0x22 && $0 != 0x3c && $0 != 0x26
            }
        )
    }

    @Test(arguments: [
        "", "a", "a/", " /a", "//", "/a//b", "/a//", "/.", "/..", "/a/.", "/a/../b", "/a\\b", "/a%2f", "/%",
        "/a?b", "/a#b",
        "/a\u{0}", "/a\n", "/a\r\n", "/\r\nb", "/a\u{7f}", "/a\u{85}", "/a\u{2028}", "/a\u{2029}",
        "/" + String(repeating: "a", count: 2048),
    ])
    func `an author's text that is no path is refused`(text: String) {
        #expect(PagePath(text) == nil)
    }

    @Test
    func `a path of 2048 bytes is the longest`() {
        #expect(PagePath("/" + String(repeating: "a", count: 2047)) != nil)
        #expect(PagePath(requestTarget: "/" + String(repeating: "%61", count: 2047)) != nil)
        #expect(PagePath(requestTarget: "/" + String(repeating: "%61", count: 2048)) == nil)
    }

    @Test(arguments: [("/", "/"), ("/a", "/a/"), ("/a/", "/a/"), ("/a.png", "/a.png/")])
    func `a path as a folder ends with one slash`(text: String, folder: String) throws {
        #expect(try #require(PagePath(text)).asFolder.text == folder)
    }

    /// Else one of two files that look alike could be public and shadow the other.
    @Test
    func `two spellings of one accented word are one path`() throws {
        let composed = try #require(PagePath("/caf\u{e9}/"))
        let decomposed = try #require(PagePath(requestTarget: "/cafe%CC%81/"))
        #expect(composed == decomposed)
        #expect(Set([composed, decomposed]).count == 1)
    }

    @Test(arguments: ["\"a\"", "\"/../b\"", "\"/a%2f\"", "1", "\"\""])
    func `a path in a JSON file is checked again`(json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(PagePath.self, from: Data(json.utf8)) }
    }
}
