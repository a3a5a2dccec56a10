import Foundation
import Testing

@testable import Site

/// Front matter in the languages of other generators, and files of data.
struct DataTests {
    @Test(arguments: [
        """
        +++
        title = "A \\"b\\" \\u00e9" # a comment
        date = 2025-03-01 10:00:00Z
        weight = -1_0
        tags = [
          'x', # one
          "y",
        ]
        allow.labels = ["pro"]
        visibility = "private"
        [params]
        deep.er = { a = true, b = [1, 2.5] }
        [[params.people]]
        name = \"""
          Ann \\
             B\"""
        [[params.people]]
        name = '''C\\'''
        +++
        """,
        """
        {
        \t"title": "A \\"b\\" \\u00e9", "date": "2025-03-01T10:00:00Z", "weight": -10,
        \t"tags": ["x", "y"], "allow": {"labels": ["pro"]}, "visibility": "private",
          "params": {
            "deep": {"er": {"a": true, "b": [1, 2.5]}},
            "people": [{"name": "  Ann B"}, {"name": "C\\\\"}]
          }
        }
        """,
    ])
    func `front matter says the same in TOML and in JSON`(frontMatter: String) async throws {
        let site = try FixtureSite(writing: [
            "content/n/_index.md": "", "content/n/a.md": frontMatter + "\nText.\n",
            "themes/plain/layouts/page.mustache": """
            {{page.title}}|{{page.date}}|{{#page.tags}}{{.}}{{/page.tags}}|{{params.deep.er.a}}|{{#params.deep.er.b}}{{.}};{{/params.deep.er.b}}|{{#params.people}}{{name}};{{/params.people}}{{{content}}}
            """,
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(
            site.text("private/n/a/index.html")
                == "A &quot;b&quot; é|2025-03-01|xy|true|1;2.5;|  Ann B;C\\;<p>Text.</p>\n"
        )
        #expect(site.text("gate.json")?.contains("\"labels\":[\"pro\"]") == true)
    }

    /// As Hugo and others write them.
    @Test(arguments: [
        "---\ndate: 2024-01-15T10:00:00+02:00\n---\n", "---\ndate: 2024-01-15 10:00:00 +0200\n---\n",
        "---\ndate: \"2024-01-15T10:00:00.123+02:00\"\n---\n",
        "+++\ndate = '2024-01-15T10:00:00+02:00'\n+++\n",
        "+++\ndate = 2024-01-15T10:00:00+02:00\n+++\n", "+++\ndate = 2024-01-15 10:00:00.5+02:00\n+++\n",
        "{\n\"date\": \"2024-01-15T10:00:00+02:00\"\n}\n",
    ])
    func `dates may have an offset and fractions of a second`(frontMatter: String) async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": frontMatter, "themes/plain/layouts/page.mustache": "{{page.date}}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/a/index.html") == "2024-01-15")
    }

    /// Each with the place, counted from the first line of the JSON, and the problem.
    static let brokenJSON = [
        ("{\"a\":1,}", "1:8: error: a key was expected here"),
        ("[1,]", "1:4: error: a value was expected here"),
        ("{\"a\":\n 'b'}", "2:2: error: a value was expected here"),
        ("{a: 1}", "1:2: error: a key was expected here"), ("{\"a\" 1}", "1:6: error: ':' was expected here"),
        ("{\"é\": True}", "1:7: error: 'True' is no value"),
        ("{\"a\": 1 \"b\": 2}", "1:9: error: ',' or '}' was expected here"),
        ("[1 2]", "1:4: error: ',' or ']' was expected here"),
        ("{\"a\": 01}", "1:7: error: '01' is no number"),
        ("[+1]", "1:2: error: '+1' is no number"), ("[1.]", "1:2: error: '1.' is no number"),
        ("[\"\\x\"]", "1:3: error: this escape is not known"),
        ("[\"\\u12\"]", "1:3: error: this escape is not known"),
        ("[\"\\ud83d\"]", "1:3: error: this escape is half of a character"),
        ("[\"\\ude00\\ud83d\"]", "1:3: error: this escape is half of a character"),
        ("[\"a\tb\"]", "1:4: error: this character must be written as an escape"),
        ("{\"a\": [\n", "1:7: error: this list never ends"),
        ("{\"a\": 1", "1:1: error: this table never ends"),
        ("[\"a\nb\"]", "1:2: error: this text must end with '\"' on its line"),
        ("{} x", "1:4: error: nothing may stand here"), ("{} // x", "1:4: error: JSON has no comments"),
        ("/* x */ {}", "1:1: error: JSON has no comments"),
        ("{\"a\": 1, \"a\": 2}", "1:10: error: the key 'a' stands here twice"),
        ("", "1:1: error: a value was expected here"),
        (String(repeating: "[", count: 200), "1:101: error: this is nested too deeply"),
    ]

    @Test(arguments: brokenJSON)
    func `a mistake in JSON is told with its place`(json: String, problem: String) async throws {
        let site = try FixtureSite(writing: ["data/a.json": json])
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix("data/a.json:" + problem))
    }

    @Test func `JSON is read as JSON`() async throws {
        let json =
            ##"{"e":"\ud83d\ude00\/\b\u00e9","n":-1.5e+3,"t":true,"f":false,"z":null,"# a":"&x *y","l":[]}"##
        let site = try FixtureSite(writing: [
            "data/a.json": "\u{feff} \r\n\t" + json + "\n",
            "content/a.md": "{\n\t\"title\": \"\\ud83d\\ude00\"\n}\n",
            "themes/plain/layouts/page.mustache":
                "{{page.title}}|{{#data.a}}{{e}}|{{n}}|{{t}}|{{f}}|{{z}}|{{#l}}x{{/l}}{{/data.a}}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/a/index.html") == "😀|😀/\u{8}é|-1.5e+3|true|false||")
    }

    /// Far more than front matter may have, with more brackets than may be open.
    @Test func `files of data may be large`() async throws {
        let rows = 20_000
        let site = try FixtureSite(writing: [
            "data/y.yaml": String(repeating: "- { name: \"Ann [1\", town: [Rome] }\n", count: rows),
            "data/j.json": "[" + Array(repeating: "{\"name\": \"Ann\"}", count: rows).joined(separator: ",\n")
                + "]",
            "data/t.toml": String(repeating: "[[rows]]\nname = 'Ann'\n", count: rows),
            "themes/plain/layouts/page.mustache":
                "{{count(data.y)}} {{count(data.j)}} {{count(data.t.rows)}}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/index.html") == "20000 20000 20000")
    }

    @Test(arguments: ["a.yaml", "a.json", "a.toml", "a.csv"])
    func `a file of data that is too large is told with what to do`(file: String) async throws {
        let site = try FixtureSite(writing: ["data/\(file)": String(repeating: "#", count: 16 << 20 | 1)])
        defer { site.remove() }
        #expect(
            try await site.problems() == """
                data/\(file): error: this file is larger than 16 MB
                    part it into several, which templates read by their names
                """
        )
    }

    @Test(
        arguments: [
            ("visibilty = 'private'", "2:1: error: unknown key 'visibilty'"),
            ("visibility = private", "2:14: error: 'private' is no value"),
            ("title = 'a'\ntitle = 'b'", "3:1: error: the key 'title' stands here twice"),
            ("visibility = 'private'\n[visibility]", "3:2: error: the key 'visibility' stands here twice"),
            ("[params]\nvisibility = 'private'", "3:1: error: 'visibility' has no effect below 'params'"),
            ("title 'a'", "2:7: error: '=' must follow the key"),
            ("title =", "2:8: error: a value was expected here"),
            ("title = 'a' 'b'", "2:13: error: the line must end here"),
            ("= 1", "2:1: error: a key was expected here"),
            ("title = \"a", "2:11: error: this text must end with"),
            ("title = \"\"\"a", "2:9: error: this text never ends"),
            ("tags = ['a' 'b']", "2:13: error: ',' or ']' was expected here"),
            ("title = \"\\x\"", "2:10: error: this escape is not known"),
            ("[params", "2:8: error: this header must end with ']'"),
            ("x = " + String(repeating: "[", count: 200), "2:105: error: this is nested too deeply"),
            ("draft = 'true'", "2:9: error: draft must be true or false"),
        ]
    )
    func `a mistake in TOML is told with its place`(toml: String, problem: String) async throws {
        let site = try FixtureSite(writing: ["content/a.md": "+++\n\(toml)\n+++\n"])
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix("content/a.md:" + problem))
    }

    @Test(arguments: [
        "{\n\"visibility\": \"private\",\n\"x\": {\n}\n}\n", "{\n\"visibilty\": \"private\"\n}\n",
    ])
    func `JSON that cannot be read is an error, never text`(text: String) async throws {
        let site = try FixtureSite(writing: ["content/a.md": text])
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix("content/a.md:"))
        #expect(site.current == nil)
    }

    @Test func `templates read files of data`() async throws {
        let site = try FixtureSite(writing: [
            "data/people.csv": "name,town\r\n\"A, \"\"B\"\"\",\"x\ny\"\r\n\r\nC,\n",
            "data/deep/a.yaml": "b: [1, 2]\n",
            "data/j.json": "{\t\"k\": \"v\"}", "data/t.toml": "k = 'w'", "data/.hidden": "",
            "themes/plain/layouts/page.mustache":
                "{{#data.people}}[{{name}}|{{town}}]{{/data.people}}{{#data.deep.a.b}}{{.}}{{/data.deep.a.b}}{{data.j.k}}{{data.t.k}}",
        ])
        defer { site.remove() }
        #expect(try await site.problems() == "")
        #expect(site.text("public/index.html") == "[A, &quot;B&quot;|x\ny][C|]12vw")
    }

    @Test(
        arguments: [
            ("a.csv", "x,y\n1\n", "data/a.csv:2:1: error: 1 values in 2 columns"),
            ("a.csv", "x,x\n", "data/a.csv:1:1: error: two columns are called 'x'"),
            ("a.csv", "x\n\"1\n", "data/a.csv:2:1: error: a value in quotes that begins here never ends"),
            ("a.yaml", "x: [", "data/a.yaml:"), ("a.json", "{\"x\": ", "data/a.json:"),
            ("a.txt", "", "data/a.txt: error: a data file must be called"),
        ]
    )
    func `a mistake in a file of data is told`(file: String, text: String, problem: String) async throws {
        let site = try FixtureSite(writing: ["data/\(file)": text])
        defer { site.remove() }
        #expect(try await site.problems().hasPrefix(problem))
    }
}
