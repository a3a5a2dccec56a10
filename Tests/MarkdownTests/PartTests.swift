import Ground
import Testing

@testable import Markdown

/// Parts of a page for some of its readers, as each kind of reader gets them.
struct PartTests {
    /// Readers by what they are; every member has the empty access.
    private static func page(
        _ text: String,
        as reader: PartAccess? = nil,
        dialect: Set<MarkdownOptions.Extension> = [.gfm, .markdoc],
        partials: [String: String] = [:],
        shared: Set<String> = [],
        rawHTML: Bool = false,
        view: (([PartAccess]) -> PartView)? = nil
    ) -> RenderedMarkdown {
        let tags = TagEnvironment(
            definitions: TagPage.definitions,
            partialNames: partials.keys.sorted(),
            partial: { name in
                partials[name].map { PartialText(name: name, file: "_partials/\(name)", text: $0) }
            },
            part: view ?? { chain in
                guard let reader else { return .other }
                return chain.allSatisfy { asked in
                    (asked.labels.isEmpty || !Set(asked.labels).isDisjoint(with: reader.labels))
                        && (asked.teams.isEmpty || !Set(asked.teams).isDisjoint(with: reader.teams))
                        && (!asked.verified || reader.verified)
                } ? .words : .other
            },
            invitation: { .success($1 ? "<aside>join</aside>\n" : "<i>join</i>\n") },
            sharedIDs: shared,
            render: { .success("<\($0.name)>\($0.content)</\($0.name)>") }
        )
        return MarkdownRenderer(MarkdownOptions(dialect: dialect, rawHTML: rawHTML))
            .render(text, file: "page.md", tags: tags)
    }

    private static func problems(_ page: RenderedMarkdown) -> [String] {
        Diagnostics(page.diagnostics).all.map(\.description)
    }

    static let member = PartAccess()
    static let pro = PartAccess(labels: ["pro"])

    static let texts: [(text: String, guest: String, member: String)] = [
        (
            "a\n\n{% members %}\nquince\n{% /members %}\n\nb\n",
            "<p>a</p>\n<aside>join</aside>\n<p>b</p>\n", "<p>a</p>\n<p>quince</p>\n<p>b</p>\n"
        ),
        (
            "{% members %}\nquince\n{% else /%}\nfig\n{% /members %}\n", "<p>fig</p>\n", "<p>quince</p>\n"
        ),
        (
            "It costs {% members %}quince{% else /%}fig{% /members %}.\n",
            "<p>It costs fig.</p>\n", "<p>It costs quince.</p>\n"
        ),
        (
            "It costs {% members %}qu*in*ce\nand `pear`{% /members %}.\n",
            "<p>It costs <i>join</i>.</p>\n", "<p>It costs qu<em>in</em>ce\nand <code>pear</code>.</p>\n"
        ),
        (
            "> {% members %}\n> quince\n>\n> - pear\n> {% /members %}\n>\n> b\n",
            "<blockquote>\n<aside>join</aside>\n<p>b</p>\n</blockquote>\n",
            "<blockquote>\n<p>quince</p>\n<ul>\n<li>pear</li>\n</ul>\n<p>b</p>\n</blockquote>\n"
        ),
        (
            "- a\n\n  {% members %}\n  quince\n  {% /members %}\n",
            "<ul>\n<li>\n<p>a</p>\n<aside>join</aside>\n</li>\n</ul>\n",
            "<ul>\n<li>\n<p>a</p>\n<p>quince</p>\n</li>\n</ul>\n"
        ),
        (
            "a{% members %}[^1]{% else /%}{% /members %}\n\n[^1]: Quince\n",
            "<p>a</p>\n",
            "<p>a<sup class=\"footnote-ref\"><a href=\"#fn1\" id=\"fnref1\">1</a></sup></p>\n<section class=\"footnotes\">\n<ol>\n<li id=\"fn1\">\n<p>Quince <a href=\"#fnref1\" class=\"footnote-backref\">↩</a></p>\n</li>\n</ol>\n</section>\n"
        ),
        (
            "{% members %}\n[quince]: /pear/\n\n```\nplum\n```\n{% else /%}\n[quince]\n{% /members %}\n",
            "<p>[quince]</p>\n", "<pre><code>plum\n</code></pre>\n"
        ),
        (
            "{% block %}\n{% members %}\nquince\n{% /members %}\n{% /block %}\n",
            "<block><aside>join</aside>\n</block>\n", "<block><p>quince</p>\n</block>\n"
        ),
        (
            "{% deck %}\n{% members %}\n{% leaf name=\"quince\" %}\nplum\n{% /leaf %}\n{% else /%}\n{% /members %}\n```\nfig\n```\n{% /deck %}\n",
            "<deck><pre><code>fig\n</code></pre>\n</deck>\n",
            "<deck><leaf><p>plum</p>\n</leaf>\n<pre><code>fig\n</code></pre>\n</deck>\n"
        ),
        (
            "{% table %}\n- a\n---\n- b\n{% members %}\n---\n- quince\n{% /members %}\n{% /table %}\n",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n<tr>\n<td>quince</td>\n</tr>\n</tbody>\n</table>\n"
        ),
    ]

    @Test(arguments: texts)
    func `a part is for those who may read it, and the others get its else or an invitation`(
        text: String,
        guest: String,
        member: String
    ) {
        for (reader, html) in [(nil, guest), (Self.member, member)] as [(PartAccess?, String)] {
            let page = Self.page(text, as: reader)
            #expect(page.html == html)
            #expect(page.diagnostics.allSatisfy { $0.severity == .warning })
        }
    }

    @Test func `a part in a part is for those who may read both`() {
        let text = """
            {% members %}
            quince
            {% members labels="pro" %}
            pear
            {% else /%}
            plum
            {% /members %}
            {% else /%}
            fig
            {% /members %}

            """
        #expect(Self.page(text).html == "<p>fig</p>\n")
        #expect(Self.page(text, as: Self.member).html == "<p>quince</p>\n<p>plum</p>\n")
        #expect(Self.page(text, as: Self.pro).html == "<p>quince</p>\n<p>pear</p>\n")
        var asked: [[PartAccess]] = []
        _ = Self.page(text) { chain in
            asked.append(chain)
            return .words
        }
        #expect(asked.map { $0.map(\.labels) } == [[[]], [[], ["pro"]]])
        #expect(asked[1].map(\.place.line) == [1, 3])
    }

    @Test func `what all readers have in common is neither the part nor its else`() {
        let text =
            "a\n\n{% members %}\nquince\n{% else /%}\nfig\n{% /members %}\n\n{% members %}\nx\n{% /members %}\n"
        #expect(Self.page(text) { _ in .neither }.html == "<p>a</p>\n")
    }

    @Test func `a part of a partial is for those who may read it and what is around`() {
        let partials = [
            "note.md": "plum {% members labels=\"pro\" %}pear{% else /%}fig{% /members %}\n\n[^1]: x\n"
        ]
        let text = "{% members %}\n{% partial file=\"note.md\" /%}\n{% /members %}\n"
        #expect(Self.page(text, partials: partials).html == "<aside>join</aside>\n")
        #expect(Self.page(text, as: Self.member, partials: partials).html.contains("plum fig"))
        #expect(Self.page(text, as: Self.pro, partials: partials).html.contains("plum pear"))
        var asked: [Int] = []
        _ = Self.page(text, partials: partials) { chain in
            asked.append(chain.count)
            return .words
        }
        #expect(asked == [1, 2])
    }

    @Test func `nothing that is made of a page says what its reader does not get`() {
        let text = """
            {% members %}Quince{% /members %}

            Plum {% members %}quince{% else /%}{% /members %} pear.

            <!-- more -->

            # Fig {% members %}quince{% else /%}{% /members %}

            {% members %}
            ## Quince {% #quince %}
            {% /members %}

            """
        let guest = Self.page(text)
        #expect(guest.excerpt == "Plum  pear.")
        #expect(guest.summary.text == "Plum  pear." && !guest.summary.html.contains("uince"))
        #expect(guest.headings.map(\.text) == ["Fig"] && guest.headings.map(\.id) == ["fig"])
        #expect(guest.wordCount == 3)
        #expect(!guest.html.contains("uince") && !guest.html.contains("xx"))
        let member = Self.page(text, as: Self.member)
        #expect(member.excerpt == "Quince")
        #expect(member.headings.map(\.text) == ["Fig quince", "Quince"])
    }

    @Test func `headings that all readers see have the same ids for all of them`() {
        let text = """
            {% members %}
            ## Fees
            ## Fees
            {% else /%}
            ## Fees
            {% /members %}

            ## Fees

            ## Fees

            """
        let shared = Set(Self.page(text) { _ in .neither }.headings.map(\.id))
        #expect(shared == ["fees", "fees-1"])
        let ids = { (reader: PartAccess?) in Self.page(text, as: reader, shared: shared).headings.map(\.id) }
        #expect(ids(nil) == ["fees-2", "fees", "fees-1"])
        #expect(ids(Self.member) == ["fees-2", "fees-3", "fees", "fees-1"])
    }

    @Test(
        arguments: [
            "{% members label=\"pro\" %}\nx\n{% /members %}\n\n{% members %}\ny\n{% /members %}\n",
            "{% nothing /%}\n\nA {% members %}x{% /members %}, another {% members %}y{% /members %}.\n",
        ]
    )
    func `one mistake is told once, however many parts there are`(text: String) {
        for reader in [nil, Self.member] {
            let problems = Self.problems(Self.page(text, as: reader))
            #expect(problems.count == 1, "\(problems)")
        }
    }

    @Test func `in the words of a link there is no invitation, which holds a link`() {
        func problems(_ text: String) -> [String] { Self.problems(Self.page(text, as: nil)) }
        #expect(
            problems("[a *b {% members %}x{% /members %}*](/c)\n").contains {
                $0.contains("1:7: error: a link cannot stand in a link")
            }
        )
        #expect(problems("[a {% members %}x{% else /%}y{% /members %}](/c)\n") == [])
        #expect(problems("{% members %}[a](/c){% /members %}\n") == [])
    }

    static let mistakes: [(String, String)] = [
        (
            "{% members label=\"pro\" %}\nx\n{% /members %}\n",
            "1:12: error: 'members' has no attribute 'label'\n    did you mean 'labels'?"
        ),
        (
            "{% members labels=\"pro, gold\" %}\nx\n{% /members %}\n",
            "1:19: error: no label can be called 'pro, gold'"
        ),
        ("{% members labels=[] %}\nx\n{% /members %}\n", "1:19: error: 'labels' names nobody"),
        (
            "{% members labels=$page.label %}\nx\n{% /members %}\n",
            "1:19: error: 'labels' must be a name in quotes"
        ),
        (
            "{% members labels=[\"pro\", 3] %}\nx\n{% /members %}\n",
            "1:19: error: 'labels' must be a name in quotes"
        ),
        ("{% members teams=\"\" %}\nx\n{% /members %}\n", "1:18: error: no team and no role in one"),
        ("{% members teams=\"board/\" %}\nx\n{% /members %}\n", "1:18: error: no team and no role in one"),
        ("{% members emails=\"a.example\" %}\nx\n{% /members %}\n", "1:19: error: a domain begins with '@'"),
        ("{% members mfa=1 %}\nx\n{% /members %}\n", "1:16: error: 'mfa' must be true or false"),
        (
            "{% members any=[\"pro\"] %}\nx\n{% /members %}\n",
            "1:16: error: 'pro' is nothing that can be asked of a member"
        ),
        (
            "{% members verified=\"yes\" %}\nx\n{% /members %}\n",
            "1:21: error: 'verified' must be true or false"
        ),
        ("{% members \"pro\" %}\nx\n{% /members %}\n", "error: 'members' takes no value without a name"),
        (
            "{% members labels=\"a\" labels=\"b\" %}\nx\n{% /members %}\n",
            "1:23: error: the attribute 'labels' stands twice"
        ),
        (
            "{% members %}\nx\n",
            "1:1: error: the tag 'members' is not closed where it was opened\n    write '{% /members %}' in the same page, behind all that it holds"
        ),
        (
            "a\n\n``` {% process=true %}\n{% members %}x{% /members %}\n```\n",
            "4:1: error: unknown tag 'members' in code\n    write it around the code, once with what it says to some and once for the others"
        ),
        ("x\n{% /members %}\n", "2:1: error: '/members' closes nothing"),
        ("{% members /%}\n", "1:1: error: 'members' must hold something"),
        ("{% member %}\nx\n{% /member %}\n", "1:1: error: unknown tag 'member'\n    did you mean 'members'?"),
        (
            "{% members %}\nx\n{% else $a /%}\ny\n{% /members %}\n",
            "3:1: error: the 'else' of 'members' takes no condition"
        ),
        (
            "{% members %}\nx\n{% else /%}\ny\n{% else /%}\nz\n{% /members %}\n",
            "5:1: error: nothing can follow the last 'else'"
        ),
        ("![{% members %}x{% /members %}](a.png)\n", "error: a part for some cannot stand here"),
        ("[a](<{% members %}> \"x\")\n", "error: "),
        ("{% members x\n\ny\n", "1:1: error: this tag never ends"),
        (
            "*a {% members %}b* c{% /members %}\n",
            "error: the tag 'members' is not closed where it was opened"
        ),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a part is told, whoever reads`(text: String, problem: String) {
        for reader in [nil, Self.member, Self.pro] {
            let problems = Self.problems(Self.page(text, as: reader))
            #expect(problems.contains { $0.contains(problem) }, "\(problems)")
        }
    }

    private static let noRoom = "error: a part for some cannot stand here\n    "

    @Test(arguments: [
        ("a\n\n```\na\n\n{% members %}\nx\n{% /members %}\n", "6:1", "nothing closes the fence in line 3"),
        ("> ~~~\n> {% members %}\n> x\n\ny\n", "2:3", "nothing closes the fence in line 1"),
        ("{% members %}\n```\nx\n{% /members %}\n", "4:1", "nothing closes the fence in line 2"),
        (
            "- a\n\n        {% members %}\n        x\n        {% /members %}\n", "3:9",
            "four blanks at the beginning of its line make code of it"
        ),
        (
            "![{% members %}x{% /members %}](a.png)\n", "1:3",
            "write it outside of HTML, links, images and formulas"
        ),
    ])
    func `where no part can stand, and code may not be meant, it is told why`(
        text: String,
        place: String,
        advice: String
    ) {
        let problems = Self.problems(Self.page(text))
        #expect(
            problems.contains { $0.hasPrefix("page.md:\(place): \(Self.noRoom)\(advice)") },
            "\(problems)"
        )
    }

    static let leftOut: [(text: String, asked: Int)] = [
        ("{% if false %}\n{% members %}\nquince\n{% /members %}\n{% /if %}\n", 0),
        ("{% if true %}\n{% members %}\nquince\n{% /members %}\n{% /if %}\n", 1),
        ("{% if $page.no %}a{% else /%}{% members %}quince{% /members %}{% /if %}\n", 1),
        ("{% if true %}a{% else $page.no /%}{% members %}quince{% /members %}{% /if %}\n", 0),
        ("{% comment %}{% members %}quince{% /members %}{% /comment %}\n", 0),
        (
            "{% members %}a {% if false %}{% members labels=\"pro\" %}quince{% /members %}{% /if %}{% /members %}\n",
            1
        ),
        ("{% partial file=\"one.md\" variables={who: true} /%}\n", 1),
        ("{% partial file=\"one.md\" variables={who: false} /%}\n", 0),
    ]

    @Test(arguments: leftOut)
    func `nobody is asked about a part that stands in what nobody gets`(text: String, asked: Int) {
        var count = 0
        let partials = ["one.md": "{% if $who %}\n{% members %}\nquince\n{% /members %}\n{% /if %}\n"]
        let page = Self.page(text, partials: partials) { _ in
            count += 1
            return .words
        }
        #expect(count == asked && Self.problems(page) == [])
        #expect(page.html.contains("quince") == (text.contains("members %}a") ? false : asked > 0))
        #expect(!page.html.contains("xx"))
    }

    @Test(arguments: [
        "<div>{% members %}x{% /members %}</div>\n", "<div>\n{% members %}\nx\n{% /members %}\n</div>\n",
        "<div>{% members x</div>\n", "a <b title=\"{% members %}\">b</b>\n",
    ])
    func `a part in raw HTML is an error`(text: String) {
        for rawHTML in [true, false] {
            let problems = Self.problems(Self.page(text, rawHTML: rawHTML))
            #expect(problems.contains { $0.contains("error: ") }, "\(problems)")
        }
    }

    @Test(arguments: [
        "{% members %}\nx\n{% /members %}\n", "a {%members%}x{% /members %}\n",
        "{% members labels=\"pro\" %}\n",
        "x\n{% /members %}\n", "{%  /  members %}\n", "- a\n\n  {% members %}\n",
        "| a |\n| - |\n| {% members %} |\n",
        "# a {% members %}\n", "<div>{% members %}</div>\n", "<!-- {% members %} -->\n", "{%\nmembers %}\n",
        "{% members\n", "`a` {% members\n", "    {% members %}\n", "```\n{% members %}\nx\n",
        "`{% members %}` {% members %}\n",
    ])
    func `without tags in the dialect a part is an error, since everyone would read it`(text: String) {
        for dialect in [[], [.gfm], [.math], [.gfm, .math]] as [Set<MarkdownOptions.Extension>] {
            let problems = Self.problems(Self.page(text, dialect: dialect))
            #expect(
                problems.contains { $0.contains("error: this site's Markdown has no tags") },
                "\(problems)"
            )
        }
    }

    @Test(arguments: [
        "`{% members %}`\n", "```\n{% members %}\nx\n{% /members %}\n```\n",
        "- ~~~ x\n  {% members %}\n  ~~~\n",
        "> ```\n> {% members %}\n> ```\n",
        "\\{% members %}\n", "{% membership %}\n", "members {% x %}\n", "`{% members`\n",
        "```\n{% members\n```\n",
    ])
    func `in code and behind a backslash the tag is only shown`(text: String) {
        for dialect in [[], [.gfm], [.gfm, .math]] as [Set<MarkdownOptions.Extension>] {
            #expect(Self.problems(Self.page(text, dialect: dialect)).isEmpty)
        }
        guard !text.contains("x %}"), !text.contains("membership") else { return }
        #expect(Self.problems(Self.page(text)).isEmpty)
        #expect(Self.page(text).html.contains("{% members"))
    }
}
