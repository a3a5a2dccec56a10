import Ground
import Testing

@testable import Markdown

/// Texts put together at random, from a fixed beginning, whose parts hold a word that guests must never get.
struct PartFuzzTests {
    /// What stands around and in parts; `zq` stands only between the tags of a part, and there in what `else` is not.
    private static let around = [
        "word ", "*", "**", "~~", "`c` ", "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\n  ", "\n    ", "\n# ",
        "\n## same\n",
        "\n```\nc\n```\n", "\n| a | b |\n|---|---|\n| ", " | ", "[", "](/x)", "<b>", "[^1]",
        "\n\n[^1]: note\n",
        "{% mark %}m{% /mark %}", "\n\n{% block %}\nb\n{% /block %}\n\n", "{% dot /%}",
        "{% if $page.n %}y{% else /%}n{% /if %}",
        "\n\n<!-- more -->\n\n", "\n\n{% table %}\n- a\n---\n- b\n{% /table %}\n\n", "\n\n---\n", "&amp;",
        "ö", "\\{",
        "\n\n{% partial file=\"one.md\" /%}\n\n", "\r\n", "[zz]", "$y$", "    ", "\n===\n", "| ",
    ]
    private static let within = [
        "zq ", "zq", "*zq*", "`zq`", "\n\nzq\n\n", "\n# zq\n", "\n## same\n", "\n> zq\n", "\n- zq\n",
        "\n[zz]: /zq\n",
        "[^1]", "\n\n[^2]: zq\n", "[^2]", "\n```\nzq\n```\n", "\n<!-- more -->\n", "{% #zq %}",
        "<i title=\"zq\">",
        "| zq | zq |\n|---|---|\n", "\n    zq\n", "![zq](/zq)", "[zq](/zq \"zq\")", "\n---\n",
        "{% mark %}zq{% /mark %}",
        "\n{% block %}\nzq\n{% /block %}\n", "{% members labels=\"pro\" %}zq{% else /%}zq{% /members %}",
        "{% partial file=\"two.md\" /%}", "\n<div>zq</div>\n", "> ", "\t",
    ]

    private static func text(_ random: inout Random) -> String {
        func some(_ pieces: [String], _ most: UInt64) -> String {
            (0..<random.next() % most).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] }.joined()
        }
        var text = some(around, 8)
        for _ in 0...random.next() % 3 {
            let isBlock = random.next() % 2 == 0
            let (start, end) = isBlock ? ("\n\n", "\n") : ("", "")
            let quote = isBlock && random.next() % 4 == 0 ? "> " : ""
            let hasElse = random.next() % 2 == 0
            let part =
                "\(start){% members %}\(end)" + some(within, 5)
                + (hasElse ? "\(end){% else /%}\(end)" + some(around, 3) : "") + "\(end){% /members %}\(end)"
            text +=
                quote.isEmpty
                ? part
                : part.split(separator: "\n", omittingEmptySubsequences: false).map { quote + $0 }.joined(
                    separator: "\n"
                )
            text += some(around, 6)
        }
        return text + "\n"
    }

    private static func page(_ text: String, _ view: PartView, rawHTML: Bool) -> RenderedMarkdown {
        let tags = TagEnvironment(
            definitions: TagPage.definitions,
            variables: ["page": .table(["n": .flag(true)])],
            partial: { name in
                PartialText(
                    name: name,
                    file: name,
                    text: name == "one.md" ? "open {% members %}zq{% /members %}\n" : "zq\n"
                )
            },
            part: { _ in view },
            render: { .success("<\($0.name)>\($0.content)</\($0.name)>") }
        )
        return MarkdownRenderer(
            MarkdownOptions(
                dialect: [.gfm, .markdoc, .math],
                rawHTML: rawHTML,
                quotationMarks: .init(language: "en")
            )
        ).render(text, file: "page.md", tags: tags) { _ in .keep }
    }

    @Test(arguments: Array(UInt64(1)...4))
    func `whatever stands around a part, guests get none of its words`(seed: UInt64) {
        var random = Random(state: seed)
        var (clean, shown) = (0, 0)
        for round in 0..<150 {
            let text = Self.text(&random)
            for view in [PartView.other, .neither] {
                let page = Self.page(text, view, rawHTML: round % 2 == 0)
                // In code the tag and what it holds are shown.
                guard page.diagnostics.allSatisfy({ $0.severity != .error }),
                    !page.html.contains("{% members")
                else { continue }
                clean += 1
                var said = [page.html, page.excerpt, page.summary.html, page.summary.text]
                said += page.headings.flatMap { [$0.text, $0.id] } + page.references.map(\.destination)
                #expect(
                    !said.contains { $0.contains("zq") || $0.contains("xx") },
                    "\(text.debugDescription)\n\(page.html)"
                )
            }
            let member = Self.page(text, .words, rawHTML: round % 2 == 0)
            if member.html.contains("zq") { shown += 1 }
        }
        // Else nothing is tested.
        #expect(clean > 30 && shown > 30, "\(clean) \(shown)")
    }
}
