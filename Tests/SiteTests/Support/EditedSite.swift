@testable import Site

/// A site that is edited at random, the same way for the same seed.
///
/// Its theme shows everything that one page can show of another, so that a file that was not made anew is noticed.
struct EditedSite {
    private let site: FixtureSite
    private var random: Random
    private var texts: [String: String]
    private var number = 0
    /// The page that holds a mistake now.
    private var spoiled: String?

    init(_ site: FixtureSite, seed: UInt64) {
        self.site = site
        random = Random(state: seed)
        texts = Self.files.filter { $0.key.hasPrefix("content/") }
    }

    /// Makes one edit, and returns the files that it changed.
    mutating func next() throws -> Set<String> {
        number += 1
        if let page = spoiled {
            spoiled = nil
            return try write(texts[page] ?? "", to: page)
        }
        let pages = texts.keys.sorted()
        let page = pages[random.below(pages.count)]
        switch random.below(24) {
        case 0:
            let day = 1 + random.below(9)
            let text = "---\ntitle: Page \(number)\ndate: 2025-01-0\(day)\n---\nNew."
            return try write(text, to: "content/club/n\(number).md")
        case 1: return try write("year: \(number)\n", to: "data/prices.yaml")
        case 2: return try write("<p>\(number)</p>\n", to: "themes/plain/partials/foot.mustache")
        case 3: return try write("title: Words \(number)\n", before: "---\n", in: page)
        case 4 where page.contains("/n"):
            texts[page] = nil
            try site.delete(page)
            return [page]
        case 5: return try spoil(page)
        case 6: return try write("Open at *\(number)*.\n", to: "content/_partials/hours.md")
        case 7:
            return try write(
                "<aside>\(number) {{{content}}}</aside>\n",
                to: "themes/plain/tags/note.mustache"
            )
        case 8:
            return try write(Self.layout.replacing("<title>", with: "<title>\(number) "), to: Self.layoutFile)
        case 13: return try write("a { width: \(number)px }", to: "themes/plain/assets/site.css")
        case 9...12: return try write(line(), before: "---\n", in: page)
        default: return try write(edited(texts[page] ?? ""), to: page)
        }
    }
}

extension EditedSite {
    /// The text with one of its paragraphs changed, added or removed.
    private mutating func edited(_ text: String) -> String {
        var parts = text.split(separator: "\n\n", omittingEmptySubsequences: false).map(String.init)
        let place = random.below(parts.count)
        let words = [
            "Some *words*, number \(number).", "## Heading \(number)",
            "[To the rules](/club/rules/) in \(number).",
            "- One\n- \(number)",
        ]
        switch random.below(3) {
        case 0 where place > 0: parts[place] = words[random.below(words.count)]
        case 1 where parts.count > 2 && place > 0: parts.remove(at: place)
        default: parts.insert(words[random.below(words.count)], at: place + 1)
        }
        return parts.joined(separator: "\n\n")
    }

    /// A line of front matter.
    private mutating func line() -> String {
        let lines = [
            "title: Words \(number)", "description: What \(number) is", "weight: \(random.below(4))",
            "date: 2025-01-0\(1 + random.below(9))", "tags: [money]", "tags: [rules, money]", "menu: true",
            "menu: Menu \(number)", "draft: true", "teaser: true", "params: { colour: red\(number) }",
            "aliases: [/old/\(number)/]", "expires: 2031-01-0\(1 + random.below(9))", "author: Ann \(number)",
        ]
        return lines[random.below(lines.count)] + "\n"
    }

    /// In the place of a line with the same key, or else of none.
    private mutating func write(_ line: String, before end: String, in page: String) throws -> Set<String> {
        let text = texts[page] ?? ""
        guard text.hasPrefix("---\n") else { return try write("---\n\(line)---\n\(text)", to: page) }
        let key = line.prefix { $0 != ":" } + ":"
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.hasPrefix(key)
        }
        return try write("---\n" + line + lines.dropFirst().joined(separator: "\n"), to: page)
    }

    private mutating func write(_ text: String, to file: String) throws -> Set<String> {
        if file.hasPrefix("content/") { texts[file] = text }
        try site.write(text, to: file)
        return [file]
    }

    /// A mistake, which the next edit takes back.
    private mutating func spoil(_ page: String) throws -> Set<String> {
        spoiled = page
        try site.write((texts[page] ?? "") + "\n\n[dead](nowhere-\(number).md)\n", to: page)
        return [page]
    }
}

extension EditedSite {
    static let config = """
        taxonomies: [tags]
        visibility: { rules: [ { path: /club/secret/**, visibility: private } ] }
        build: { feeds: [atom, json] }
        markdown: { dialect: [gfm, markdoc] }
        paginate: 4

        """

    static let files = [
        "content/index.md": "---\nmenu: true\n---\nWelcome.\n\n## Why\n\nThis is why.",
        "content/fees.md":
            "---\nmenu: true\ntags: [money]\n---\n# The fees\n\nThey are low.\n\nSee [why](index.md#why).",
        "content/club/_index.md": "---\ntitle: The club\n---\nAll about it.",
        "content/club/rules.md":
            "---\ndate: 2025-02-03\ntags: [money, rules]\n---\nFirst rule.\n\nSecond rule.",
        "content/club/plan.md": "---\ndate: 2025-03-03\ntags: [rules]\n---\n# A plan\n\nOf the house.",
        "content/club/house.md": "---\nweight: 3\n---\nIt has a roof.\n\nAnd walls.",
        "content/club/secret/_index.md": "---\ntitle: Behind\n---\nHidden things.",
        "content/club/secret/vault.md": "---\ndate: 2025-04-05\ntags: [money]\n---\nThe number is long.",
        "content/club/secret/key.md": "The key lies there.",
        "content/club/plan.png": "",
        "content/club/parts.md":
            "---\ndate: 2025-05-05\n---\nFor all.\n\n{% members %}\nFor members.\n{% /members %}\n\nAll again.",
        "content/club/tagged.md":
            "---\ntags: [rules]\n---\n{% note %}\nNoted.\n{% /note %}\n\n{% partial file=\"hours.md\" /%}\n\nEnd.",
        "content/_partials/hours.md": "Open at nine.\n",
        "data/prices.yaml": "year: 12",
        "themes/plain/assets/site.css": "a { width: 0 }",
        "themes/plain/theme.config": "tags:\n  note: {}\n",
        "themes/plain/tags/note.mustache": "<aside>{{{content}}}</aside>\n",
        "themes/plain/partials/invitation.mustache": "<p>Join</p>\n",
        "themes/plain/partials/foot.mustache": "<p>0</p>",
        layoutFile: layout,
    ]

    private static let layoutFile = "themes/plain/layouts/page.mustache"

    private static let layout = """
        <title>{{page.title}}</title>
        {{#site.menu}}<a href="{{href}}">{{title}}</a>{{/site.menu}}
        {{#trail}}<i>{{title}} {{summary_text}}</i>{{/trail}}
        {{{content}}}
        {{#toc}}<a href="#{{id}}">{{text}}</a>{{/toc}}
        {{#pages}}<li>{{title}} {{{summary}}} {{minutes}}{{/pages}}
        {{#previous}}<b>{{title}}</b>{{/previous}}{{#next}}<b>{{title}}</b>{{/next}}
        {{#related}}<u>{{title}} {{summary_text}}</u>{{/related}}
        {{#terms}}{{title}}{{#terms}}{{title}}{{/terms}}{{/terms}}
        {{#feeds}}<link href="{{href}}" title="{{title}}">{{/feeds}}
        {{#translations}}{{title}}{{/translations}}{{#pager}}{{number}}{{/pager}}{{params.colour}}
        {{{social.json_ld}}} {{data.prices.year}} {{page.words}}
        {{> foot}}

        """
}

/// Numbers that look random, and are the same for the same beginning (SplitMix64).
struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
