import Gate
import Testing

@testable import Site

/// What a scan of a page's source leaves of it for each reader.
struct PartScanTests {
    /// The tag that stands for a part's is left out here.
    private static func text(_ text: String, _ labels: Set<String>?) -> String {
        let scan = PartScan(text)
        let left = scan.text { part in
            labels.map { labels in
                part.requirements.allSatisfy { $0.labels.isEmpty || !labels.isDisjoint(with: $0.labels) }
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

    static let doubts: [(text: String, doubts: [Int])] = [
        ("{% members %}a", [0]), ("a{% /members %}", [1]), ("a {% members %", [2]),
        ("{% members labels=$x %}a{% /members %}", [0, 24]),
        ("{% members labels=\"\" %}a{% /members %}", [0, 24]),
        ("{% members verified=1 %}a{% /members %}", [0, 25]),
        ("{% members label=\"pro\" %}a{% /members %}", [0, 26]),
        ("{% members \"pro\" %}a{% /members %}", [0, 20]),
        ("```\n{% members %}\n", [4]), ("`{% members %}\n\n`{% /members %}`", [1]),
    ]

    @Test(arguments: doubts)
    func `a tag of which it cannot be told what it parts is doubtful`(text: String, doubts: [Int]) {
        #expect(PartScan(text).doubts.sorted() == doubts)
    }
}
