import Testing

@testable import Markdown

/// What stands between the braces of a tag, and what is wrong with it.
struct TagParserTests {
    private func parse(_ tag: String, at offset: Int = 0) throws(TagSyntaxError) -> TagSyntax {
        try Array(tag.utf8).withUnsafeBufferPointer { bytes throws(TagSyntaxError) in
            try TagParser.parse(bytes, at: offset)
        }
    }

    private func value(_ text: String, _ variables: [String: TagValue] = [:]) throws -> TagValue {
        let tag = try parse("{% t a=\(text) %}")
        return TagEvaluator(variables: variables).value(of: try #require(tag.attributes.first).value)
    }

    @Test(arguments: [
        ("\"day and night\"", TagValue.text("day and night")),
        ("\"a \\\"b\\\" \\\\ \\n\\t\"", .text("a \"b\" \\ \n\t")),
        ("\"größer\"", .text("größer")), ("true", .flag(true)), ("false", .flag(false)), ("null", .null),
        ("12", .number(12)), ("-0.5", .number(-0.5)), ("[]", .list([])),
        ("[1, [true], ]", .list([.number(1), .list([.flag(true)])])),
        ("{}", .table([:])), ("{a: 1, \"b c\": \"x\",}", .table(["a": .number(1), "b c": .text("x")])),
        ("{ a : [\n1\n] }", .table(["a": .list([.number(1)])])),
    ])
    func `a value is what it is written as`(text: String, value: TagValue) throws {
        #expect(try self.value(text) == value)
    }

    @Test(arguments: [
        ("$page.title", TagValue.text("Fees")), ("$page[\"title\"]", .text("Fees")),
        ("$page.tags[1]", .text("b")),
        ("$page.tags[7]", .null), ("$page.gone.far", .null), ("$nobody", .null),
        ("equals($page.title, \"Fees\")", .flag(true)), ("equals(1, 1, 2)", .flag(false)),
        ("and(1, \"\", true)", .flag(true)), ("and($nobody, true)", .flag(false)),
        ("or(false, 0)", .flag(true)),
        ("not($nobody)", .flag(true)), ("default($nobody, \"x\")", .text("x")),
        ("default(false, \"x\")", .flag(false)),
    ])
    func `variables and functions have values`(text: String, value: TagValue) throws {
        let page: TagValue = .table(["title": .text("Fees"), "tags": .list([.text("a"), .text("b")])])
        #expect(try self.value(text, ["page": page]) == value)
    }

    @Test func `an id and classes are attributes`() throws {
        let tag = try parse("{% card #top .wide .tall n=1 /%}")
        #expect(tag.name == "card")
        #expect(tag.attributes.map(\.name) == ["id", "class", "class", "n"])
        #expect(tag.attributes.map(\.offset) == [8, 13, 19, 25])
    }

    @Test(arguments: [
        ("{% %}", 0, "an empty tag"), ("{% a b %}", 5, "'b' is no value"),
        ("{% a b= %}", 7, "a value is expected, not a blank"),
        ("{% a b=\"x\" c %}", 11, "the attribute 'c' has no value"),
        ("{% a b='x' %}", 7, "a text stands in double quotes"), ("{% a b=x %}", 7, "'x' is no value"),
        ("{% a b=\"\\q\" %}", 8, "this is no escape"),
        ("{% a b=[1 2] %}", 10, "',' or ']' is expected in the list, not '2'"),
        ("{% a b={c 1} %}", 10, "':' is missing behind the key 'c'"),
        ("{% a b={c: 1, c: 2} %}", 14, "the key 'c' stands twice"),
        ("{% a b=1.2.3 %}", 7, "'1.2.3' is no number"), ("{% a b=3px %}", 7, "'3px' is no number"),
        ("{% a b=$ %}", 8, "a variable's name is expected, not a blank"),
        ("{% a b=$x[y] %}", 10, "'y' is no number"),
        ("{% a b=f(1 %}", 11, "',' or ')' is expected in the arguments of 'f', not the tag's end"),
        ("{% /a b %}", 6, "'b' is not expected after '/a'"),
        ("{% a / b %}", 7, "'b' is not expected after '/'"),
        ("{% a # %}", 6, "an id is expected, not a blank"),
        ("{% a! %}", 4, "'!' cannot stand in a tag's name"),
        ("{% $x y %}", 6, "'y' is not expected after a value"),
        ("{% ? %}", 3, "a tag's name is expected, not '?'"),
        ("{% ä %}", 3, "a tag's name is expected, not 'ä'"),
    ])
    func `a mistake is told with its place`(tag: String, offset: Int, problem: String) throws {
        let error = #expect(throws: TagSyntaxError.self) { try parse(tag, at: 100) }
        #expect(error?.problem == problem)
        #expect(error?.offset == offset + 100)
    }

    @Test(arguments: ["[", "{a:", "f("])
    func `values a thousand levels deep are refused`(opening: String) {
        let error = #expect(throws: TagSyntaxError.self) {
            try parse("{% a b=" + String(repeating: opening, count: 1000) + " %}")
        }
        #expect(error?.problem == "values are nested deeper than 20 levels")
    }
}
