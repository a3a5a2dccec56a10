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
            ("text\n---\nmore", nil, "text\n---\nmore", 1), ("----\n", nil, "----\n", 1),
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

    /// Shown as text, its `visibility: private` would not be obeyed.
    @Test(arguments: [
        ("---\na: b\n", "content/a.md:1:1"), ("\n---\nvisibility: private\n---\n", "content/a.md:2:1"),
        (" ---\nvisibility: private\n---\n", "content/a.md:1:2"),
        ("\n+++\nvisibility = \"private\"\n+++\n", "content/a.md:2:1"),
        ("+++\na = 1\n---\n", "content/a.md:1:1"),
        ("{\"visibility\": \"private\"}\n", "content/a.md:1:1"), ("{ \"a\": 1,\n}\n", "content/a.md:1:1"),
        ("\n{\n\"a\": 1\n}\n", "content/a.md:2:1"), ("{\n\"a\": 1 }\n", "content/a.md:1:1"),
    ])
    func `front matter that would not be read is an error`(text: String, place: String) {
        let problem = #expect(throws: Diagnostic.self) {
            try SourceText(Array(text.utf8), file: "content/a.md")
        }
        #expect(problem?.place.description == place)
    }

    @Test(
        arguments: [
            ([0x61, 0xff], "1:2"), ([0xc3, 0xa9, 0x0a, 0xc3, 0xa9, 0x80, 0x61], "2:2"),
            ([0x61, 0xe2, 0x82], "1:2"),
            ([0xff, 0x61, 0x61, 0x61, 0x61, 0x61], "1:1"), ([0x61, 0x0a, 0x62, 0x00], "2:2"),
            ([0xff, 0x00], "1:2"),
            (Array("---\na: \u{e9}\n---\n".utf8) + [0x61, 0xc0, 0x61], "4:2"),
        ] as [([UInt8], String)]
    )
    func `what is not UTF-8, or holds a NUL, is told with line and column`(bytes: [UInt8], place: String) {
        let problem = #expect(throws: Diagnostic.self) { try SourceText(bytes, file: "a") }
        #expect(problem?.place.description == "a:" + place)
    }
}
