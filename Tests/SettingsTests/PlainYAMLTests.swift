import Ground
import Testing

@testable import Settings

/// Plain front matter is read without Yams; these tests hold the two together.
struct PlainYAMLTests {
    /// Texts that are read without Yams.
    static let plain = [
        "title: x", "\u{feff}title: x\n", "\n\ntitle:   two  words  \n\ndate: 2026-03-01\n",
        "title: \"in # quotes: [a]\"\n",
        "title: 'in \"quotes\", too'\n", "title: \"\"\ndescription: ''\n", "tags: []\n",
        "tags: [ a, b c ,\"d, e\",'f' ]  \n",
        "tags: [größe, naïve-2, 日本]\ntitle: größe – klein… « ja » ， 日本\n", "url: /a/b.html?x=1&y=2\n",
        "time: 10:00:00Z\n",
        "title: null\ntags: [null, true, 1.5]\n", "draft: true\nweight: 12\n",
        "title: Q&A (and more), [sic] {x} - yes!\n",
        "a-b_1: x\n", "title: it's \"so\"\n", "link: http://example.org/#x\n".replacing("#", with: ""),
        "größe: é\n",
        "tags: [a/b, c.d, e+f, (g)]\n", "title: a\u{a0}\n", "title: \"a\u{a0}b  \"\ntitle2: \"  x \"\n",
        "e: 😀 x\nf: [😀, a]\n",
        "k: 1e3\nn: 0x1f\no: 012\np: yes\nq: No\n", "nul: nullx\nnull: x\n",
        "title: (a): b:c\n".replacing(": b", with: " b"),
    ]

    /// Texts that are left to Yams.
    static let others = [
        "", "\n", "title:\n", "title: \n", "title: ~\n", "a: b: c\n", "a: b:\n", "a: b # c\n", "a: #b\n",
        "# note\na: b\n",
        "a: |\n  b\n", "a: >\n  b\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: @b\n", "a: `b`\n", "a: %b\n",
        "a: {b: c}\n", "a: -b\n",
        "a: - b\n", "a:\n  - b\n", "a: b\n  c\n", "a: b\n c: d\n", " a: b\n", "- a\n", "a\n", "a:b\n",
        "a: \"b\n", "a: \"b\\n\"\n",
        "a: \"b\" c\n", "a: 'b''c'\n", "a: 'b\n", "a: [b\n", "a: [b, ]\n", "a: [b c: d]\n", "a: [[b]]\n",
        "a: [{b: c}]\n", "a: [b] c\n",
        "a: [b\n, c]\n", "a: [\"b\": c]\n", "a: [- b]\n", "a: [b#c]\n", "a: [,]\n", "a: 1\na: 2\n",
        "a: b\r\nc: d\r\n", "a: b\u{85}c: d\n",
        "a: b\u{2028}c\n", "a: \u{7}\n", "a: \u{9b}\n", "a: b\u{feff}\n", "a:\tb\n",
        "a: b\tc\n", "---\na: b\n",
        "a: b\n---\n", "a: b\n...\n", "? a\n: b\n", "\"a\": b\n", "1a: b\n", "a: .b\n", "a: [a: b]\n",
        "a: ?b\n", "a: [?b]\n", "<<: a\n",
    ]

    @Test(arguments: plain)
    func `plain front matter is read without Yams, to the same value`(text: String) throws {
        let source = YAMLSource(text, file: "f", firstLine: 2)
        let value = try #require(PlainYAML.root(of: source))
        let (root, problems) = YAMLDocument.readingAll(source)
        #expect(String(describing: value) == String(describing: root))
        #expect(problems.isEmpty)
    }

    @Test(arguments: others)
    func `anything else is left to Yams`(text: String) {
        #expect(PlainYAML.root(of: YAMLSource(text, file: "f", firstLine: 2)) == nil)
    }

    @Test func `ten thousand texts put together by chance are read alike`() {
        var chance = Chance(state: 11)
        var plain = 0
        for _ in 0..<10_000 {
            let source = YAMLSource(chance.text(), file: "f", firstLine: 2)
            guard let value = PlainYAML.root(of: source) else { continue }
            plain += 1
            let (root, problems) = YAMLDocument.readingAll(source)
            #expect(String(describing: value) == String(describing: root), "\(source.text.debugDescription)")
            #expect(problems.isEmpty, "\(source.text.debugDescription)")
        }
        #expect(plain > 1000)
    }
}

extension YAMLValue: CustomStringConvertible {
    /// With its place, and all that is in it.
    public var description: String { "\(content) at \(place)" }
}

/// The same texts in every run.
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }

    private static let signs = [
        "a", "b", "Z", "0", "7", " ", " ", "  ", ":", ": ", ",", ", ", "[", "]", "{", "}", "\"", "'", "-",
        "_", ".", "/", "#", " #",
        "&", "*", "!", "|", ">", "%", "@", "`", "?", "~", "\\", "(", ")", "+", "=", "é", "\u{a0}", "日", "–",
        "\u{2028}", "😀", "null",
        "true", "\n", "\n ", "\t", "<<", "---", "...",
    ]

    mutating func text() -> String {
        (0..<Int.random(in: 1...3, using: &self)).map { "k\($0): \(value())" }.joined(separator: "\n")
    }

    private mutating func value() -> String {
        let words = (0..<Int.random(in: 1...4, using: &self)).map { _ in
            Self.signs.randomElement(using: &self) ?? ""
        }
        let text = words.joined()
        switch Int.random(in: 0..<6, using: &self) {
        case 0: return "\"\(text)\""
        case 1: return "'\(text)'"
        case 2: return "[\(text), x]"
        case 3: return "[x, \(text)]"
        case 4: return "x\(text)y"
        default: return text
        }
    }
}
