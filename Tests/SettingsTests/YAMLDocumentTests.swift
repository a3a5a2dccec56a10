import Ground
import Settings
import Testing

struct YAMLDocumentTests {
    /// Each text with the one diagnostic it must give, as `line:column problem`.
    static let refused: [(text: String, expected: String)] = [
        ("a: 1\nb: x: y\n", "2:5 a second ': ' on one line"),
        ("a:\n\tb: 1\n", "2:1 a tab in the indentation"),
        ("a: @b\n", "1:4 a value cannot begin with '@'"),
        ("a: `b`\n", "1:4 a value cannot begin with '`'"),
        ("a: 1\nnonsense\nb: 2\n", "2:1 a key without ':'"),
        ("a: \"open\nb: 2\n", "1:4 a quoted text that does not end"),
        ("a: [1, 2\nb: 3\n", "2:2 ',' or ']' is missing"),
        ("a: {b: 1\nc: 3\n", "2:2 ',' or '}' is missing"),
        ("a: *.md\n", "1:4 '*' or '&' at the start of a value"),
        ("a: *unknown\n", "1:4 '*' or '&' at the start of a value"),
        ("a: 1\n---\nb: 1\n", "2:1 a second document begins here"),
        ("a: 1\na: 2\n", "2:1 the key 'a' stands twice"),
        ("a: {b: 1, b: 2}\n", "1:5 the key 'b' stands twice"),
        ("a:\n  - b: 1\n    c: 2\n    'b': 3\n", "4:5 the key 'b' stands twice"),
        ("é: 1\n\"é\": 2\n", "2:1 the key 'é' stands twice"),
        ("a: &x 1\nb: 2\n", "1:4 anchors and aliases ('&name', '*name') are not read here"),
        ("? [a]\n: 1\n", "1:3 a key must be a plain word"),
        ("a: b\u{0}c\n", "1:5 the control character U+0000 is not allowed here"),
        ("a: 1\r\nb: \u{7}\r\n", "2:4 the control character U+0007 is not allowed here"),
        ("a: 1\n  b: 2\n", "2:4 a second ': ' on one line"),
    ]

    @Test(arguments: refused)
    func `a text that is not read says where and why`(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `keys and values know their places whatever the line break`(lineBreak: String) throws {
        let lines = ["größe: klein", "list:", "  - é: ü", "    \"two words\":   'x'", "{}: {}"].dropLast()
        let root = try YAMLDocument(parsing: lines.joined(separator: lineBreak), file: "f").root
        #expect(
            places(root) == [
                "größe 1:1", "=klein 1:8", "list 2:1", "é 3:5", "=ü 3:8", "two words 4:5", "=x 4:20",
            ]
        )
    }

    @Test
    func `a byte order mark does not shift the first line`() throws {
        let root = try YAMLDocument(parsing: "\u{feff}title: x", file: "f").root
        #expect(places(root) == ["title 1:1", "=x 1:8"])
    }

    @Test
    func `front matter counts lines in its file`() throws {
        let root = try YAMLDocument(parsing: "title: x\ndate: y", file: "page.md", firstLine: 2).root
        #expect(places(root) == ["title 2:1", "=x 2:8", "date 3:1", "=y 3:7"])
        let refusal = #expect(throws: Diagnostics.self) {
            try YAMLDocument(parsing: "title: x\nnonsense\nb: 1", file: "page.md", firstLine: 2)
        }
        #expect(refusal?.all.map(\.place) == [Place(file: "page.md", line: 3, column: 1)])
    }

    @Test
    func `every repeated key is noted, with the other mistakes`() {
        let text = "a: 1\nb: &x 1\na: 2\nc:\n  d: 1\n  d: 2\na: 3\n"
        #expect(
            problems(in: text) == [
                "2:4 anchors and aliases ('&name', '*name') are not read here",
                "3:1 the key 'a' stands twice",
                "6:3 the key 'd' stands twice",
                "7:1 the key 'a' stands twice",
            ]
        )
    }

    @Test(arguments: ["", "\n\n", "# nothing but a comment\n", "---\n", "~"])
    func `a text without content is nothing`(text: String) throws {
        guard case .nothing = try YAMLDocument(parsing: text, file: "f").root.content else {
            Issue.record("expected nothing")
            return
        }
    }

    static let hostile: [HostileText] = [
        HostileText("brackets", "a: " + String(repeating: "[", count: 200_000)),
        HostileText("braces", String(repeating: "{a: ", count: 50_000)),
        HostileText("hidden brackets", "a: " + String(repeating: "[\"]\",", count: 40_000)),
        HostileText("dashes", String(repeating: "- ", count: 100_000)),
        HostileText("question marks", String(repeating: "? ", count: 100_000)),
        HostileText(
            "indentation",
            (0..<600).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
        ),
        HostileText("lists of ten aliases", bomb(levels: 9)),
        HostileText("aliases as keys", bomb(levels: 9) + "\n? *a8\n: 1\n? *a8\n: 2"),
        HostileText("a megabyte", "a: " + String(repeating: "x", count: 1 << 20)),
        HostileText("repeated keys", String(repeating: "a: 1\n", count: 2_000)),
    ]

    @Test(.timeLimit(.minutes(1)), arguments: hostile)
    func `a hostile text is refused in bounded time`(hostile: HostileText) {
        #expect(throws: Diagnostics.self) { try YAMLDocument(parsing: hostile.text, file: "f") }
    }

    /// The first are as deep as libyaml lets through, or as may be.
    static let deep: [(text: HostileText, isRead: Bool)] = [
        (
            HostileText(
                "brackets",
                "a: " + String(repeating: "[", count: 98) + String(repeating: "]", count: 98)
            ), true
        ),
        (
            HostileText(
                "too many brackets",
                "a: " + String(repeating: "[", count: 990) + String(repeating: "]", count: 990)
            ), false
        ),
        (
            HostileText(
                "hidden brackets",
                "a: " + String(repeating: "[\"]\",", count: 990) + String(repeating: "]", count: 990)
            ), false
        ),
        (HostileText("dashes", String(repeating: "- ", count: 99) + "x"), true),
        (HostileText("too many dashes", String(repeating: "- ", count: 990) + "x"), false),
    ]

    @Test(arguments: deep)
    func `the deepest text fits the stack, and is read or refused`(deep: HostileText, isRead: Bool) {
        #expect(problems(in: deep.text).contains { $0.contains("nested too deeply") } == !isRead)
    }

    @Test
    func `many brackets and stars in texts are no nesting`() throws {
        let text = "a: |\n" + (0..<3000).map { "  [link \($0)](/x) *emphasis* {% tag %} [{ - - -\n" }.joined()
        #expect(places(try YAMLDocument(parsing: text, file: "f").root).count == 2)
    }

    private static func bomb(levels: Int) -> String {
        let lists = (1..<levels).map { level in
            "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
                + "]"
        }
        return (["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"] + lists).joined(separator: "\n")
    }

    private func problems(in text: String) -> [String] {
        do {
            _ = try YAMLDocument(parsing: text, file: "f")
            return []
        } catch {
            return error.all.map { "\($0.place.line):\($0.place.column) \($0.problem)" }
        }
    }

    private func places(_ value: YAMLValue) -> [String] {
        let place = "\(value.place.line):\(value.place.column)"
        return switch value.content {
        case .nothing: ["=nothing \(place)"]
        case .scalar(let text, _): ["=\(text.prefix(9)) \(place)"]
        case .list(let values): values.flatMap(places)
        case .table(let entries):
            entries.flatMap { ["\($0.key) \($0.place.line):\($0.place.column)"] + places($0.value) }
        }
    }
}

/// A text too long to print.
struct HostileText: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String

    init(_ name: String, _ text: String) {
        testDescription = name
        self.text = text
    }
}
