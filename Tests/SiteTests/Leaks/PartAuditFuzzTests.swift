import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Pages put together at random, from a fixed beginning: what the build makes of them passes, and what a mistake makes of them does not.
struct PartAuditFuzzTests {
    private static let config = """
        visibility: { rules: [{ path: /members/**, visibility: private }] }
        markdown: { dialect: [gfm, markdoc, math], smart: true }
        build: { search: true, feeds: [atom] }

        """

    @Test(arguments: Array(UInt64(1)...4))
    func `what a build makes of a page passes, and what a mistake makes of it does not`(seed: UInt64)
        async throws
    {
        var source = RandomPage(seed: seed)
        let site = try FixtureSite(
            writing: [
                "themes/plain/partials/invitation.mustache": "<i>join</i>\n", "content/x/index.md": "x\n",
                "content/_partials/one.md":
                    "open {% members %}partwordone[^1]{% else /%}shut{% /members %}\n\n[^1]: partwordnote\n",
                "content/_partials/two.md": "partwordtwo\n",
            ],
            config: Self.config
        )
        defer { site.remove() }
        var (clean, shown) = (0, 0)
        for _ in 0..<120 {
            let text = source.text()
            try site.write("---\ntitle: A\n---\n" + text, to: "content/a.md")
            let problems = try await site.problems()
            let isOfAudit =
                problems.contains("part for some, or code") || problems.contains("of this part for some")
            #expect(!isOfAudit, "\(text.debugDescription)\n\(problems)")
            guard !problems.contains("error: ") else { continue }
            clean += 1
            let readers = try site.files().filter { $0.key.hasPrefix("private/.readers/") }
            guard readers.contains(where: { String(decoding: $0.value, as: UTF8.self).contains("partword") })
            else {
                continue
            }
            shown += 1
            var options = BuildOptions(now: 1_764_000_000)
            options.getsPart = { _, _ in true }
            let found = try await site.problems(options)
            #expect(found.contains("of this part for some"), "\(text.debugDescription)\n\(found)")
        }
        // Else nothing is tested.
        #expect(clean > 20 && shown > 10, "\(clean) \(shown)")
    }
}

/// Texts with parts; a word beginning with `partword` stands in none but the words of a part.
private struct RandomPage {
    /// `W` stands for a word that stands nowhere else.
    private static let around = [
        "W ", "W W W W W W W ", "*W*", "**W** ", "`W` ", "\n", "\n\n", "\n> W ", "\n- W ", "\n1. W", "\n  ",
        "\n# W\n", "\n## same\n",
        "\n```\nW\n```\n", "\n\n1.  W\n\n    ~~~\n    W\n    ~~~\n", "\n| W | b |\n|---|---|\n| W | c |\n",
        "[W](/x \"W\")", "[^1]",
        "\n\n[^1]: W W\n", "{% if $page.private %}W{% else /%}W{% /if %}",
        "\n\n{% if false %}\nW\n{% else /%}\nW\n{% /if %}\n\n",
        "\n\n{% table %}\n- W\n---\n- W\n{% /table %}\n\n", "\n\n---\n",
        "&amp;", "ö", "\\{", "\n\n{% partial file=\"one.md\" /%}\n\n", "\r\n", "[zz]", "$W$", "\n===\n",
        "`{% members %}W`",
        "\n```\n{% members %}\nW\n{% /members %}\n```\n", "\\{% members %} ", "{% comment %}W{% /comment %}",
        "` ", "``W`` ", "W's \"W\" ",
    ]
    private static let within = [
        "P ", "P P P P P P P ", "*P*", "`P`", "\n\nP\n\n", "\n# P\n", "\n## same\n", "\n> P\n", "\n- P\n",
        "\n[zz]: /P\n",
        "[^1]", "\n\n[^2]: P P\n", "[^2]", "\n```\nP\n```\n", "| P | P |\n|---|---|\n", "![P](/P.png)",
        "[P](/x \"P\")",
        "\n---\n", "{% members labels=\"pro\" %}P{% else /%}P{% /members %}",
        "\n\n{% members labels=\"pro\" %}\nP P P P P\n{% /members %}\n\n", "{% partial file=\"two.md\" /%}",
        "\t",
        "\n```\n{% members %}\nP\n{% /members %}\n```\n", "`{% /members %}`", "$P$",
        "{% if true %}P{% /if %}",
    ]

    private var random: Random
    private var number = 0

    init(seed: UInt64) { random = Random(state: seed) }

    private mutating func some(_ pieces: [String], _ most: Int) -> String {
        (0..<random.below(most)).map { _ in
            pieces[random.below(pieces.count)].map { character -> String in
                guard character == "W" || character == "P" else { return String(character) }
                number += 1
                return (character == "W" ? "openword" : "partword") + Self.letters(number)
            }.joined()
        }.joined()
    }

    /// Words of the same beginning must not be the beginning of others.
    private static func letters(_ number: Int) -> String {
        String(number).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0))) }
            .joined() + "z"
    }

    mutating func text() -> String {
        var text = some(Self.around, 8)
        for _ in 0...random.below(3) {
            let isBlock = random.below(2) == 0
            let (start, end) = isBlock ? ("\n\n", "\n") : ("", "")
            let hasElse = random.below(2) == 0
            let part =
                "\(start){% members %}\(end)" + some(Self.within, 5)
                + (hasElse ? "\(end){% else /%}\(end)" + some(Self.around, 3) : "")
                + "\(end){% /members %}\(end)"
            let isQuoted = isBlock && random.below(4) == 0
            text +=
                isQuoted
                ? part.split(separator: "\n", omittingEmptySubsequences: false).map { "> " + $0 }.joined(
                    separator: "\n"
                )
                : part
            text += some(Self.around, 6)
        }
        return text + "\n"
    }
}
