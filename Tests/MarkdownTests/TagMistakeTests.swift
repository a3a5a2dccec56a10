import Ground
import Testing

@testable import Markdown

/// Each mistake with a tag, in the exact words that its author reads.
struct TagMistakeTests {
    @Test(arguments: [
        ("{% blck %}\nx\n{% /blck %}\n", ["1:1: error: unknown tag 'blck'\n    did you mean 'block'?"]),
        ("{% blck %}\nx\n", ["1:1: error: unknown tag 'blck'\n    did you mean 'block'?"]),
        (
            "# A {% #x id=3 %}\n",
            ["1:14: error: 'id' cannot be the number 3"]
        ),
        (
            "# A {% #x %}\n\nB {% #x %}\n",
            ["3:6: error: the id 'x' is set twice\n    it is set first at page.md:1:8"]
        ),
        (
            "{% zebra /%}\n",
            ["1:1: error: unknown tag 'zebra'\n    the theme's tags are declared in its theme.config"]
        ),
        (
            "a\n\n{% block %}\nx\n",
            [
                "3:1: error: the tag 'block' is not closed where it was opened\n    write '{% /block %}' in the same page, or '/%}' where it holds nothing"
            ]
        ),
        (
            "- {% block %}\n\n{% /block %}\n",
            [
                "1:3: error: the tag 'block' is not closed where it was opened\n    write '{% /block %}' in the same list item, or '/%}' where it holds nothing",
                "3:1: error: '/block' closes nothing\n    remove it, or open the tag in the same page",
            ]
        ),
        (
            "{% block %}\n{% /block %}\n{% /block %}\n",
            [
                "3:1: error: '/block' closes nothing\n    the 'block' of line 1 is closed already"
            ]
        ),
        (
            "{% block %}\n{% /blok %}\n{% /block %}\n",
            ["2:1: error: '/blok' closes nothing\n    did you mean '/block'?"]
        ),
        (
            "a {% mark %}b *c{% /mark %}*\n",
            [
                "1:3: error: the tag 'mark' is not closed where it was opened\n    write '{% /mark %}' in the same paragraph, or '/%}' where it holds nothing",
                "1:17: error: '/mark' closes nothing\n    remove it, or open the tag in the same emphasized words",
            ]
        ),
        (
            "ä {% box titel=\"x\" /%}\n",
            ["1:10: error: 'box' has no attribute 'titel'\n    did you mean 'title'?"]
        ),
        (
            "{% box title=3 /%}\n",
            ["1:14: error: 'title' must be a text, found the number 3\n    write title=\"3\""]
        ),
        ("{% box level=\"3\" /%}\n", ["1:14: error: 'level' must be a number, found the text '3'"]),
        ("{% box wide=\"yes\" /%}\n", ["1:13: error: 'wide' must be true or false, found the text 'yes'"]),
        ("{% box rows={} /%}\n", ["1:13: error: 'rows' must be a list, found a table"]),
        (
            "{% box tone=\"lout\" /%}\n",
            ["1:13: error: 'tone' cannot be the text 'lout'\n    did you mean 'loud'?"]
        ),
        (
            "{% box title=\"a\" title=\"b\" /%}\n",
            ["1:18: error: the attribute 'title' stands twice\n    keep one of the two"]
        ),
        ("{% box \"a\" /%}\n", ["1:8: error: 'box' takes no value without a name\n    write name=value"]),
        (
            "{% box title=$pag.title /%}\n",
            ["1:14: error: unknown variable '$pag'\n    did you mean '$page'?"]
        ),
        ("{% $pag %}\n", ["1:4: error: unknown variable '$pag'\n    did you mean '$page'?"]),
        (
            "{% if equal(1, 2) %}\n{% /if %}\n",
            ["1:7: error: unknown function 'equal'\n    did you mean 'equals'?"]
        ),
        ("{% not(1, 2) %}\n", ["1:4: error: 'not' takes one value"]),
        ("{% if %}\n{% /if %}\n", ["1:1: error: 'if' has no condition\n    write {% if $name %}"]),
        ("{% if $x /%}\n", ["1:1: error: 'if' must hold something\n    write {% if %} … {% /if %}"]),
        (
            "{% else /%}\n",
            ["1:1: error: 'else' stands in no 'if'\n    write it between {% if … %} and {% /if %}"]
        ),
        (
            "{% if $x %}\n{% else %}\n{% /if %}\n",
            ["2:1: error: 'else' holds nothing of its own\n    write {% else /%}"]
        ),
        (
            "{% if $x %}\n{% else /%}\n{% else /%}\n{% /if %}\n",
            [
                "3:1: error: nothing can follow the last 'else'\n    give the 'else' before it a condition"
            ]
        ),
        ("{% dot %}\n{% /dot %}\n", ["1:1: error: 'dot' holds nothing\n    write {% dot … /%}"]),
        (
            "a {% block %}b{% /block %}\n",
            [
                "1:3: error: 'block' stands on a line of its own\n    put the tag, and what closes it, on lines of their own"
            ]
        ),
        (
            "{% leaf name=\"a\" %}\n{% /leaf %}\n",
            [
                "1:1: error: 'leaf' stands directly in 'deck' only\n    put it between {% deck %} and {% /deck %}"
            ]
        ),
        (
            "{% deck %}\n{% leaf %}\n{% /leaf %}\n{% /deck %}\n",
            ["2:1: error: 'leaf' lacks the attribute 'name'\n    write name=\"…\""]
        ),
        (
            "{% deck %}\nlost\n{% /deck %}\n",
            [
                "2:1: error: only 'leaf' and fenced code may stand directly in 'deck'\n    put this into a {% leaf %} … {% /leaf %}, or outside of 'deck'"
            ]
        ),
        (
            "- x\n\n  {% deck %}\n  {% leaf name=\"a\" %}\n  {% /leaf %}\n  > lost\n  {% /deck %}\n",
            [
                "6:3: error: only 'leaf' and fenced code may stand directly in 'deck'\n    put this into a {% leaf %} … {% /leaf %}, or outside of 'deck'"
            ]
        ),
        (
            "{% frame %}\n{% slot \"hed\" %}\n{% /slot %}\n{% /frame %}\n",
            [
                "1:1: error: 'frame' lacks its slot 'head'\n    write {% slot \"head\" %} … {% /slot %} in it",
                "2:1: error: 'frame' has no slot 'hed'\n    did you mean 'head'?",
            ]
        ),
        ("{% slot \"a\" %}\n{% /slot %}\n", ["1:1: error: a slot stands directly in a tag of the theme"]),
        (
            "{% #a %}\n",
            [
                "1:1: error: this annotation belongs to nothing\n    write it behind the words that it is for, on their line"
            ]
        ),
        (
            "a {% width=3 %}\n",
            ["1:6: error: an annotation cannot set 'width' on a paragraph\n    known here: class, id"]
        ),
        (
            "| a {% colspan=0 %} |\n|---|\n",
            ["1:16: error: 'colspan' must be a whole number from 1 to 1000, found the number 0"]
        ),
        (
            "# A {% #x %}\n\nB {% #x %}\n",
            ["3:6: error: the id 'x' is set twice\n    it is set first at page.md:1:8"]
        ),
        (
            "{% table %}\n- a\n---\nlost\n{% /table %}\n",
            [
                "4:1: error: a paragraph stands in a table where a row is expected\n    a row is a list of its cells, rows are parted by '---'; indent what belongs to a cell"
            ]
        ),
        (
            "a {% block\n",
            [
                "1:3: error: this tag never ends\n    close it with '%}', or write '\\{%' to show the characters"
            ]
        ),
        (
            "a {% box title=\"x %} b\n",
            [
                "1:3: error: a text in this tag is not closed on its line\n    add '\"'; a line end in a text is written '\\n'"
            ]
        ),
        (
            "{%x%}\n",
            ["1:1: error: this tag is too short to be read\n    put blanks inside its braces: '{% x %}'"]
        ),
        (
            "a {%\nbox %}b\n",
            [
                "1:3: error: a tag within a paragraph begins with its name, and holds no empty line\n    write the tag on one line"
            ]
        ),
        (
            "# A {% box\ntitle=\"x\" /%}\n",
            [
                "1:5: error: a tag in a heading or a table's row ends on its line\n    write the tag on one line"
            ]
        ),
        ("{% box a=[1 %}\n", ["1:13: error: ',' or ']' is expected in the list, not the tag's end"]),
        (
            "{% partial file=\"gon.md\" /%}\n",
            ["1:1: error: there is no partial 'gon.md'\n    did you mean 'one.md'?"]
        ),
        ("{% partial /%}\n", ["1:1: error: 'partial' lacks the attribute 'file'\n    write file=\"…\""]),
        (
            "{% partial file=\"plain.md\" %}\n{% /partial %}\n",
            ["1:1: error: 'partial' holds nothing\n    write {% partial … /%}"]
        ),
        (
            "{% partial file=\"two.md\" /%}\n",
            ["_partials/one.md:2:1: error: a partial includes itself: two.md → one.md → two.md"]
        ),
        (
            "{% partial file=\"ask.md\" /%}\n",
            [
                "1:1: error: the partial 'ask.md' shows '$who' at _partials/ask.md:1:4, which is not passed to it\n    pass it: {% partial file=\"ask.md\" variables={who: …} /%}"
            ]
        ),
        ("![{% dot /%}](a.png)\n", ["1:3: error: a tag cannot stand in an image's description"]),
        (
            "```js {% box %}\n```\n",
            ["1:7: error: only an annotation can stand behind a fence\n    write {% title=\"…\" %}"]
        ),
        (
            "``` {% process=true %}\n{% if $page %}\n```\n",
            [
                "2:1: error: the tag 'if' is not closed in this code\n    write '{% /if %}' in it"
            ]
        ),
        ("``` {% process=true %}\na {% zap /%}\n```\n", ["2:3: error: unknown tag 'zap' in code"]),
    ])
    func `a mistake is told with its place and what to do`(text: String, problems: [String]) {
        let partials = [
            "one.md": "x\n{% partial file=\"two.md\" /%}\n", "two.md": "{% partial file=\"one.md\" /%}\n",
            "ask.md": "{% $who %}\n", "plain.md": "x\n",
        ]
        let expected = problems.map { $0.hasPrefix("_") ? $0 : "page.md:" + $0 }
        #expect(TagPage(text, partials: partials).problems == expected)
    }

    @Test func `ten thousand tags in one another are one mistake`() {
        let text =
            String(repeating: "{% block %}\n", count: 10_000)
            + String(repeating: "{% /block %}\n", count: 10_000)
        #expect(TagPage(text).problems == ["page.md:101:1: error: tags are nested deeper than 100 levels"])
    }

    @Test func `ten thousand tags in one another within a paragraph are one mistake`() {
        let text =
            String(repeating: "{% mark %}", count: 10_000) + String(repeating: "{% /mark %}", count: 10_000)
        #expect(TagPage(text).problems.count == 1)
    }

    @Test(arguments: [
        "{% " + String(repeating: "x ", count: 100_000), String(repeating: "{%", count: 100_000),
        String(repeating: "{% \"", count: 100_000), String(repeating: "{%\"\\\"", count: 100_000),
        String(repeating: "{% a\n", count: 100_000),
        String(repeating: "{% block %}\n{% /blok %}\n", count: 5_000),
    ])
    func `braces without end cost no more than other text`(text: String) {
        #expect(!TagPage(text).problems.isEmpty)
    }

    @Test func `a hundred levels of tags and partials are enough`() {
        var partials: [String: String] = [:]
        for number in 0..<120 {
            partials["p\(number).md"] =
                "> {% if true %}\n> {% partial file=\"p\(number + 1).md\" /%}\n> {% /if %}\n"
        }
        let problems = TagPage("{% partial file=\"p0.md\" /%}\n", partials: partials).problems
        #expect(
            problems == ["_partials/p49.md:2:3: error: partials include one another deeper than 100 levels"]
        )
        let text =
            String(repeating: "{% block %}\n", count: 100) + String(repeating: "{% /block %}\n", count: 100)
        #expect(TagPage(text).problems == [])
    }

    @Test func `partials that include others twice come to an end`() {
        var partials = ["p20.md": "x\n"]
        for number in 0..<20 {
            let include = "{% partial file=\"p\(number + 1).md\" /%}\n"
            partials["p\(number).md"] = include + include
        }
        let page = TagPage("{% partial file=\"p0.md\" /%}\n", partials: partials)
        #expect(page.problems.count == 1)
        #expect(page.problems.first?.hasSuffix("more than 1000 partials are included in one page") == true)
    }

    @Test func `partials of a page are no longer together than a page may be`() {
        let partials = ["long.md": String(repeating: "word ", count: 1 << 20), "short.md": "Short.\n"]
        let include = "{% partial file=\"long.md\" /%}\n"
        let page = TagPage(
            "{% partial file=\"short.md\" /%}\n" + String(repeating: include, count: 20),
            partials: partials
        )
        #expect(page.problems.count == 1)
        #expect(
            page.problems.first?.contains(":5:1: error: the partials of this page are longer than 16 MB")
                == true
        )
    }

    @Test func `a page that looks like our own marks is read as it is`() {
        let text = "{% block %}\n<x000> <x001> [a](x000aaa) <x:1>\n{% /block %}\n"
        let page = TagPage(text, rawHTML: true)
        #expect(page.html.contains("<x000> <x001> <a href=\"x000aaa\">a</a>"))
    }
}
