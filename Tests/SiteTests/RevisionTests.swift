import Foundation
import Ground
import Settings
import Testing

@testable import Site

struct RevisionTests {
    @Test("hundreds of random edits leave what a clean build would write, byte for byte", arguments: [1, 2])
    func randomEdits(seed: UInt64) async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        var edits = EditedSite(site, seed: seed)
        let dev = Dev(site)
        _ = try await dev.update([])
        var (revised, refused) = (0, 0)
        for number in 1...120 {
            let changed = try edits.next()
            let outcome = try await dev.update(changed)
            let clean = try await CleanBuild(of: site)
            defer { clean.remove() }
            if outcome == .revised { revised += 1 }
            if outcome == .refused { refused += 1 }
            #expect(
                (outcome == .refused) == (clean.problems != nil),
                "\(clean.problems ?? "") at edit \(number)"
            )
            if outcome == .refused { continue }
            try #require(try clean.differences(from: site) == [], "after edit \(number): \(changed)")
        }
        // Else the test would say nothing of revisions, or of what comes after a mistake.
        #expect(revised > 25)
        #expect(refused > 0)
    }

    @Test(
        "what stays where it is takes no whole build, and what does not takes one",
        arguments: [
            ("content/index.md", "---\ntitle: Other\nmenu: true\n---\n## Why\n", true),
            ("content/fees.md", "---\nmenu: true\ntags: [money]\n---\n# Another title in the menu\n", true),
            ("content/club/house.md", "---\nweight: 1\n---\nAt another place.", true),
            ("content/club/rules.md", "---\ndate: 2025-09-03\ntags: [money, rules]\n---\nNewer.", true),
            (
                "content/club/rules.md", "---\ndate: 2025-02-03\ntags: [money, rules]\ndraft: true\n---\n",
                false
            ),
            ("content/club/rules.md", "---\ntags: [other]\n---\nAnother term.", false),
            ("content/club/rules.md", "---\ntags: [rules, money]\nvisibility: private\n---\nFor few.", false),
            ("content/club/rules.md", "---\ntags: [rules, money]\nslug: other\n---\nElsewhere.", false),
            ("content/club/parts.md", "For all.\n\n{% members %}\nOthers.\n{% /members %}\n", true),
            ("content/club/parts.md", "For all.\n", false),
            ("content/club/parts.md", "{% members labels=\"pro\" %}\nOthers.\n{% /members %}\n", false),
            ("content/new.md", "New.", false),
            ("content/club/house.md", "---\nweight: 3\n---\n[A picture](plan.png)", false),
            ("data/prices.yaml", "year: 13", true),
            ("content/_partials/hours.md", "Never open.", true),
            ("themes/plain/tags/note.mustache", "<b>{{{content}}}</b>", true),
            ("themes/plain/partials/foot.mustache", "<p>end</p>", true),
            ("themes/plain/partials/new.mustache", "<p>new</p>", false),
            ("themes/plain/server/status.mustache", "Status.", true),
            ("themes/plain/assets/site.css", "b { color: red }", true),
            ("themes/plain/assets/new.css", "b { color: red }", false),
            ("themes/plain/theme.config", "tags:\n  note: {}\n\n", false),
            (
                "site.config", "title: Other\nurl: http://localhost:8080\ntheme: plain\n" + EditedSite.config,
                false
            ),
        ]
    )
    func reach(file: String, text: String, isRevised: Bool) async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        let dev = Dev(site)
        _ = try await dev.update([])
        try site.write(text, to: file)
        #expect(try await dev.update([file]) == (isRevised ? .revised : .built))
        let clean = try await CleanBuild(of: site)
        defer { clean.remove() }
        #expect(try clean.differences(from: site) == [])
    }

    @Test("after the order has changed, it is known anew which pages name which")
    func newNeighbours() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        let (dev, file) = (Dev(site), "content/club/house.md")
        _ = try await dev.update([])
        for front in ["weight: -1\ntitle: One", "weight: -1\ntitle: Two"] {
            try site.write("---\n\(front)\n---\nIt has a roof.", to: file)
            #expect(try await dev.update([file]) == .revised)
        }
        let clean = try await CleanBuild(of: site)
        defer { clean.remove() }
        #expect(try clean.differences(from: site) == [])
    }

    @Test("a page that was broken is not forgotten when another is edited")
    func brokenPage() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        let dev = Dev(site)
        _ = try await dev.update([])
        try site.write("[dead](nowhere.md)", to: "content/club/secret/key.md")
        #expect(try await dev.update(["content/club/secret/key.md"]) == .refused)
        try site.write("---\nweight: 3\n---\nOther words.", to: "content/club/house.md")
        #expect(try await dev.update(["content/club/house.md"]) == .refused)
        try site.write("Whole again.", to: "content/club/secret/key.md")
        #expect(try await dev.update(["content/club/secret/key.md"]) == .revised)
        #expect(site.text("public/club/house/index.html")?.contains("Other words.") == true)
    }

    @Test(
        "an edit that takes a heading away, to which another page links, takes a whole build, which tells it"
    )
    func deadAnchor() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        try site.write("[there](rules.md#the-second)", to: "content/club/plan.md")
        try site.write("## The second\n\nWords.", to: "content/club/rules.md")
        let dev = Dev(site)
        _ = try await dev.update([])
        try site.write("Words.", to: "content/club/rules.md")
        #expect(try await dev.update(["content/club/rules.md"]) == .refused)
    }

    @Test("when a page's day has come, a whole build brings it in")
    func dayHasCome() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        try site.write("---\ndate: 2030-01-01\n---\nLater.", to: "content/later.md")
        let dev = Dev(site)
        _ = try await dev.update([])
        try site.write("Other words.", to: "content/club/rules.md")
        #expect(try await dev.update(["content/club/rules.md"], now: 1_900_000_000) == .built)
        #expect(site.text("public/later/index.html") != nil)
    }

    @Test("a release that was there before is not revised: others may count on it")
    func releaseThere() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        try await site.build()
        let (before, files) = (site.current, try site.files())
        let dev = Dev(site)
        #expect(try await dev.update([]) == .built)
        #expect(site.current == before)
        try site.write("---\nweight: 3\n---\nOther words.", to: "content/club/house.md")
        #expect(try await dev.update(["content/club/house.md"]) == .built)
        let old = try FixtureSite.files(below: "\(site.output)/\(try #require(before))/")
        #expect(site.current != before && old == files)
        try site.write("---\nweight: 3\n---\nMore words.", to: "content/club/house.md")
        #expect(try await dev.update(["content/club/house.md"]) == .revised)
    }

    @Test("a release that another build has taken the place of is not revised")
    func anotherBuild() async throws {
        let site = try FixtureSite(writing: EditedSite.files, config: EditedSite.config)
        defer { site.remove() }
        let dev = Dev(site)
        _ = try await dev.update([])
        try site.write("Quite other words.", to: "content/club/rules.md")
        try await site.build()
        #expect(try await dev.update(["content/club/rules.md"]) == .built)
    }
}

/// Builds as `dev` does: a revision where that is enough, else everything.
private struct Dev {
    enum Outcome { case revised, built, refused }

    let site: FixtureSite
    let memory = BuildMemory()

    init(_ site: FixtureSite) { self.site = site }

    func update(_ changed: Set<String>, now: Int = 1_764_000_000) async throws -> Outcome {
        memory.note(changed)
        var options = BuildOptions(now: now)
        options.memory = memory
        let settings = try Settings.load(folder: site.source, environment: [:])
        let build = Build(source: site.source, output: site.output, settings: settings, options: options)
        if !changed.isEmpty, try await build.revise(memory, now: now) != nil { return .revised }
        do {
            _ = try await build.run()
            return .built
        } catch is Diagnostics {
            return .refused
        }
    }
}

/// The same sources built into a folder of their own, by a program that knows nothing.
private struct CleanBuild {
    private let output = FileManager.default.temporaryDirectory.appendingPathComponent(
        "clean-\(UUID().uuidString)"
    ).path
    /// What was wrong; nil where nothing was.
    let problems: String?

    init(of site: FixtureSite) async throws {
        let settings = try Settings.load(folder: site.source, environment: [:])
        let build = Build(
            source: site.source,
            output: output,
            settings: settings,
            options: BuildOptions(now: 1_764_000_000)
        )
        do {
            _ = try await build.run()
            problems = nil
        } catch let error as Diagnostics {
            problems = error.description
        }
    }

    /// The files that the site's own release holds otherwise, or that only one of the two has.
    func differences(from site: FixtureSite) throws -> [String] {
        let (mine, theirs) = (try site.files(), try FixtureSite.files(below: output + "/current/"))
        return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
    }

    func remove() { try? FileManager.default.removeItem(atPath: output) }
}
