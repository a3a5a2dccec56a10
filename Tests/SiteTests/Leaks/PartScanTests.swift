import Gate
import Markdown
import Testing

@testable import Site

/// What a scan of a page's source leaves of it for each reader.
struct PartScanTests {
    /// The tag that stands for a part's is left out here.
    private static func text(_ text: String, _ labels: Set<String>?) -> String {
        let scan = PartScan(text)
        let left = scan.text { part in
            labels.map { labels in
                part.requirements.allSatisfy { $0.isMet(by: Member(id: "m", labels: labels)) }
            } ?? false
        }
        return left.replacing(#/{% (if "gatehouse~part~\d+"|/if) %}/#, with: "")
    }

    static let texts: [(text: String, guest: String, member: String, pro: String)] = [
        ("a{% members %}b{% /members %}c", "a c", "abc", "abc"),
        ("a{% members %}b{% else /%}d{% /members %}c", "adc", "abc", "abc"),
        (
            "a\n{% members %}\nb\n{% else /%}\nd\n{% /members %}\nc", "a\n\n\n\nd\n\nc", "a\n\nb\n\n\n\nc",
            "a\n\nb\n\n\n\nc"
        ),
        (
            "{% members %}a{% members labels=\"pro\" %}b{% else /%}c{% /members %}d{% else /%}e{% /members %}",
            "e",
            "acd", "abd"
        ),
        // What stands behind an else is for all who get what is around.
        ("{% members %}a{% else /%}{% members labels=\"pro\" %}b{% /members %}{% /members %}", " ", "a", "a"),
        (
            "{% members labels=\"pro\" %}a{% else /%}{% members %}b{% else /%}c{% /members %}{% /members %}",
            "c", "b", "a"
        ),
        ("{%members%}a{%/members%}", " ", "a", "a"),
        ("{% members\n labels=[\"pro\", \"gold\",] %}a{%\n/ members\n%}", " ", " ", "a"),
        // Of several alternatives, those of an if are its own.
        (
            "{% members %}{% if $x %}a{% else /%}b{% /if %}c{% /members %}", " ", "{% if $x %}a{% else /%}bc",
            "{% if $x %}a{% else /%}bc"
        ),
        ("{% members %}`{% if $x %}`a{% else /%}b{% /members %}", "b", "`{% if $x %}`a", "`{% if $x %}`a"),
        ("{% members %}{% if $x %}a{% else /%}b{% /members %}", "b", "{% if $x %}a", "{% if $x %}a"),
        // Lines of a quote stay in it.
        (
            "> {% members %}\n> a\n>\n> - b\n> {% /members %}\n", "> \n> \n>\n> \n> \n",
            "> \n> a\n>\n> - b\n> \n", "> \n> a\n>\n> - b\n> \n"
        ),
        // Within a paragraph no line is left empty.
        ("a {% members %}b\nc\nd{% else /%}e{% /members %}\nf", "a e\nf", "a b\nc\nd\nf", "a b\nc\nd\nf"),
        // Code shows tags, and what may be none is none.
        (
            "`{% members %}`a`{% /members %}`", "`{% members %}`a`{% /members %}`",
            "`{% members %}`a`{% /members %}`", "`{% members %}`a`{% /members %}`"
        ),
        (
            "`` ` {% members %} `` {% members %}a{% /members %}", "`` ` {% members %} ``  ",
            "`` ` {% members %} `` a", "`` ` {% members %} `` a"
        ),
        ("` {% members %}a{% /members %}", "`  ", "` a", "` a"),
        ("a `\n\n{% members %}b{% /members %} `", "a `\n\n  `", "a `\n\nb `", "a `\n\nb `"),
        (
            "```\n{% members %}\n```\n", "```\n{% members %}\n```\n", "```\n{% members %}\n```\n",
            "```\n{% members %}\n```\n"
        ),
        (
            "- ~~~~ x\n  {% members %}\n  ~~~\n  ~~~~\n", "- ~~~~ x\n  {% members %}\n  ~~~\n  ~~~~\n",
            "- ~~~~ x\n  {% members %}\n  ~~~\n  ~~~~\n", "- ~~~~ x\n  {% members %}\n  ~~~\n  ~~~~\n"
        ),
        ("```\n{% members %}a{% /members %}\n~~~\n", "```\n \n~~~\n", "```\na\n~~~\n", "```\na\n~~~\n"),
        (
            "\\{% members %}\\\\{% members %}a{% /members %}", "\\{% members %}\\\\ ", "\\{% members %}\\\\a",
            "\\{% members %}\\\\a"
        ),
        (
            "{% info title=\"{% members %}\" %}a{% /info %}",
            "{% info title=\"{% members %}\" %}a{% /info %}",
            "{% info title=\"{% members %}\" %}a{% /info %}", "{% info title=\"{% members %}\" %}a{% /info %}"
        ),
        ("{% membership %}a", "{% membership %}a", "{% membership %}a", "{% membership %}a"),
        // A note is for those who get what refers to it.
        (
            "{% members %}a[^1]{% /members %}\n\n[^1]: b\n    c\n\n    d\n\ne\n",
            " \n\n\n    \n\n    \n\ne\n", "a[^1]\n\n[^1]: b\n    c\n\n    d\n\ne\n",
            "a[^1]\n\n[^1]: b\n    c\n\n    d\n\ne\n"
        ),
        (
            "{% members %}a[^A]{% /members %}b[^a]\n\n[^a]: c\n", " b[^a]\n\n[^a]: c\n",
            "a[^A]b[^a]\n\n[^a]: c\n", "a[^A]b[^a]\n\n[^a]: c\n"
        ),
        (
            "{% members %}a[^1]{% /members %}\n\n[^1]: b[^2]\n[^2]: c\n", " \n\n\n\n",
            "a[^1]\n\n[^1]: b[^2]\n[^2]: c\n", "a[^1]\n\n[^1]: b[^2]\n[^2]: c\n"
        ),
        (
            "{% members %}a[^1]{% /members %} `[^1]` \\[^1]\n\n[^1]: b\n# c\n", "  `[^1]` \\[^1]\n\n\n# c\n",
            "a[^1] `[^1]` \\[^1]\n\n[^1]: b\n# c\n", "a[^1] `[^1]` \\[^1]\n\n[^1]: b\n# c\n"
        ),
        ("a\n\n[^1]: b\n", "a\n\n[^1]: b\n", "a\n\n[^1]: b\n", "a\n\n[^1]: b\n"),
    ]

    @Test(arguments: texts)
    func `of a text is left what its reader gets`(text: String, guest: String, member: String, pro: String) {
        #expect(Self.text(text, nil) == guest)
        #expect(Self.text(text, []) == member)
        #expect(Self.text(text, ["pro"]) == pro)
        #expect(PartScan(text).doubts == [])
    }

    static let tags = [
        "", "labels=\"pro\"", "labels=[\"pro\", \"gold\"]", "teams=\"board\"",
        "teams=[\"board/chair\", \"staff\", \"staff/lead\"]", "emails=\"@Example.org\" mfa=true",
        "verified=true labels=\"pro\"", "verified=false mfa=false", "emails=[\"@a.example\", \"@b.example\"]",
        "any=[\"label:pro\", \"team:board/chair\", \"email:@a.example\", \"verified\", \"mfa\"]",
        "any=\"label:pro\" labels=[\"pro\", \"gold\"] teams=\"board\"",
    ]

    /// The scan shares nothing with what renders; of what they read of a tag the two must still think the same.
    @Test(arguments: tags)
    func `a tag asks for the same as where it is rendered`(attributes: String) throws {
        let text = "{% members \(attributes) %}\na\n{% /members %}\n"
        var rendered: [[Requirement]] = []
        let page = MarkdownRenderer(MarkdownOptions(dialect: [.gfm, .markdoc]))
            .render(
                text,
                file: "page.md",
                tags: TagEnvironment(part: { chain in
                    rendered += chain.map(\.requirements)
                    return .words
                })
            )
        #expect(page.diagnostics.isEmpty, "\(page.diagnostics)")
        let part = try #require(PartScan(text).parts.first)
        #expect([Requirement](all: part.requirements) == rendered.first)
        #expect(rendered.first?.isEmpty == ["", "verified=false mfa=false"].contains(attributes))
    }

    static let doubts: [(text: String, doubts: [Int])] = [
        ("{% members %}a", [0]), ("a{% /members %}", [1]), ("a {% members %", [2]),
        ("{% members labels=$x %}a{% /members %}", [0, 24]),
        ("{% members labels=\"\" %}a{% /members %}", [0, 24]),
        ("{% members verified=1 %}a{% /members %}", [0, 25]),
        ("{% members mfa=\"true\" %}a{% /members %}", [0, 25]),
        ("{% members any=[\"label:pro\", \"lable:x\"] %}a{% /members %}", [0, 43]),
        ("{% members emails=\"example.org\" %}a{% /members %}", [0, 35]),
        ("{% members label=\"pro\" %}a{% /members %}", [0, 26]),
        ("{% members \"pro\" %}a{% /members %}", [0, 20]),
        ("```\n{% members %}\n", [4]), ("`{% members %}\n\n`{% /members %}`", [1]),
    ]

    @Test(arguments: doubts)
    func `a tag of which it cannot be told what it parts is doubtful`(text: String, doubts: [Int]) {
        #expect(PartScan(text).doubts.sorted() == doubts)
    }
}
