import Ground
import Testing

@testable import Site

struct SourceTextTests {
    @Test(
        arguments: [
            ("text", nil, "text", 1), ("", nil, "", 1), ("---\na: b\n---\ntext", "a: b\n", "text", 4),
            ("---\n---\n", "", "", 3), ("---\r\na: b\r\n---\r\ntext", "a: b\r\n", "text", 4),
            ("\u{feff}---\na: b\n--- \t\n", "a: b\n", "", 4), ("---\na: b\n---", "a: b\n", "", 4),
            ("+++\na = 1\n+++\ntext", "a = 1\n", "text", 4),
            ("{\n\"a\": 1\n}\ntext", "{\n\"a\": 1\n}\n", "text", 4),
            ("{% tag %}\ntext", nil, "{% tag %}\ntext", 1), ("{{x}}\n", nil, "{{x}}\n", 1),
            ("text\n---\nmore", nil, "text\n---\nmore", 1),
            ("---\ra: b\r---\rtext\r", "a: b\r", "text\r", 4), ("***\n", nil, "***\n", 1),
            ("---\ra: b\n---\r\ntext", "a: b\n", "text", 4), ("- - -\n", nil, "- - -\n", 1),
            ("The draft: a story", nil, "The draft: a story", 1), ("drafts: 3", nil, "drafts: 3", 1),
            ("visibility", nil, "visibility", 1),
            ("---\ntitle: Rules\n---\nvisibility: private", "title: Rules\n", "visibility: private", 4),
        ] as [(String, String?, String, Int)]
    )
    func `front matter stands between two lines at the very start`(
        text: String,
        frontMatter: String?,
        body: String,
        line: Int
    ) throws {
        let source = try SourceText(Array(text.utf8), file: "content/a.md")
        #expect(source.frontMatter == frontMatter)
        #expect(source.body == body)
        #expect(source.bodyLine == line)
    }

    private static let misplaced = """
        front matter begins on the first line, without blanks before it
            move the '---' there, or write '***' where a line across the page is meant
        """
    private static let alike = """
        this begins like front matter, but is no line of '---' and nothing else
            write '---' alone on the line, or write '***' where a line across the page is meant
        """
    private static func key(_ name: String) -> String {
        """
        '\(name)' stands here as text, since no front matter was read
            put it between two lines '---', the first of them the file's first; if it is text, give the page front matter with a 'title'
        """
    }
    private static func moved(_ fence: String) -> String {
        "front matter begins on the first line, without blanks before it\n    move the '\(fence)' there"
    }
    private static func alone(_ fence: String) -> String {
        "this begins like front matter, but is no line of '\(fence)' and nothing else\n    write '\(fence)' alone on the line"
    }
    private static let keys = "visibility: private\n---\nwords\n"

    static let unread: [(text: String, place: String, problem: String)] = [
        (
            "---\na: b\n", "1:1",
            "the front matter never ends\n    close it with a line '---', or write '***' where a line across the page is meant"
        ),
        ("\n---\n" + keys, "2:1", misplaced), ("\r\n\r---\r" + keys, "3:1", misplaced),
        (" ---\n" + keys, "1:2", misplaced), ("\u{a0}---\n" + keys, "1:2", misplaced),
        ("\u{c}---\n" + keys, "1:2", misplaced), ("\u{feff}\u{feff}---\n" + keys, "1:2", misplaced),
        ("\u{200b}\u{3000}---\n" + keys, "1:3", misplaced),
        ("\u{feff}\n\u{feff}---\n" + keys, "2:2", misplaced),
        ("\u{2028}---\n" + keys, "1:2", misplaced), ("\u{1}---\n" + keys, "1:2", misplaced),
        ("--- # Board\n" + keys, "1:1", alike), ("----\n" + keys, "1:1", alike),
        ("---\u{2028}visibility: private\u{2028}---\n", "1:1", alike), ("---\u{85}" + keys, "1:1", alike),
        ("---\u{a0}\n" + keys, "1:1", alike), ("---\u{200b}\n" + keys, "1:1", alike),
        ("---\u{c}\n" + keys, "1:1", alike), ("\n --- yaml\n" + keys, "2:2", alike),
        ("---title: x\n" + keys, "1:1", alike), ("----", "1:1", alike),
        ("\n+++\nvisibility = \"private\"\n+++\n", "2:1", moved("+++")),
        ("\n+++ # Board\n", "2:1", alone("+++")), ("\n{\n\"a\": 1\n}\n", "2:1", moved("{")),
        ("{ \"a\": 1,\n}\n", "1:1", alone("{")), ("{\"draft\": true}\n", "1:1", alone("{")),
        ("+++\na = 1\n---\n", "1:1", "the front matter never ends\n    close it with a line '+++'"),
        ("{\n\"a\": 1 }\n", "1:1", "the front matter never ends\n    close it with a line '}'"),
        ("<!-- ours -->\n---\n" + keys, "3:1", key("visibility")),
        ("```yaml\n" + keys, "2:1", key("visibility")),
        ("title: Board\n" + keys, "2:1", key("visibility")), (keys, "1:1", key("visibility")),
        ("title: Board\r" + keys, "2:1", key("visibility")),
        ("title: Board\u{2028}" + keys, "1:14", key("visibility")),
        ("\u{2014}\n" + keys, "2:1", key("visibility")), ("VISIBILITY : private\n", "1:1", key("VISIBILITY")),
        ("title: x\n \u{200b}draft: true\n", "2:3", key("draft")),
        ("title: x\nallow: { teams: [staff] }\n", "2:1", key("allow")),
        ("visibility = \"private\"\n", "1:1", key("visibility")),
        ("visibility\u{ff1a}private", "1:1", key("visibility")),
        ("---\n---\n" + keys, "3:1", key("visibility")),
        ("---\n# x\n\n---\n\n---\n" + keys, "7:1", key("visibility")),
        (String(repeating: "\n", count: 29) + keys, "30:1", key("visibility")),
    ]

    /// Shown as text, its `visibility: private` would not be obeyed.
    @Test(arguments: unread)
    func `front matter that would not be read is an error`(text: String, place: String, problem: String) {
        let found = #expect(throws: Diagnostic.self) {
            try SourceText(Array(text.utf8), file: "content/a.md")
        }
        #expect(found?.description == "content/a.md:\(place): error: \(problem)")
    }

    @Test(
        arguments: [
            ([0x61, 0xff], "1:2"), ([0xc3, 0xa9, 0x0a, 0xc3, 0xa9, 0x80, 0x61], "2:2"),
            ([0x61, 0xe2, 0x82], "1:2"),
            ([0xff, 0x61, 0x61, 0x61, 0x61, 0x61], "1:1"), ([0x61, 0x0a, 0x62, 0x00], "2:2"),
            ([0xff, 0x00], "1:2"), (Array("a\rb\r\nc".utf8) + [0xff], "3:2"),
            (Array("---\na: \u{e9}\n---\n".utf8) + [0x61, 0xc0, 0x61], "4:2"),
        ] as [([UInt8], String)]
    )
    func `what is not UTF-8, or holds a NUL, is told with line and column`(bytes: [UInt8], place: String) {
        let problem = #expect(throws: Diagnostic.self) { try SourceText(bytes, file: "a") }
        #expect(problem?.place.description == "a:" + place)
    }
}
