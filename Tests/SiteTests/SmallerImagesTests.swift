import Foundation
import Gate
import Ground
import Testing

@testable import Site

/// Smaller images of photographs: which there are, where they lie, and for whom they are.
struct SmallerImagesTests {
    private static func photograph(_ name: String) throws -> Data {
        let folder = URL(fileURLWithPath: FixtureSite.folder).deletingLastPathComponent()
        return try Data(contentsOf: folder.appendingPathComponent("Photographs/\(name)"))
    }

    /// A public page and a private one, each with a photograph beside it.
    private static func site(config: String = "") throws -> FixtureSite {
        let site = try FixtureSite(
            writing: [
                "content/a.md": "![harbour](a/harbour.jpg) ![icon](a/icon.png)", "content/a/harbour.jpg": "",
                "content/a/icon.png": "icon", "content/a/unshown.jpg": "",
                "content/b.md": "---\nvisibility: private\n---\n![boat](b/boat.jpg)",
                "content/b/boat.jpg": "",
            ],
            config: config
        )
        for (file, name) in [("a/harbour", "plain"), ("a/unshown", "plain"), ("b/boat", "turned")] {
            try photograph("\(name).jpg").write(to: URL(filePath: "\(site.source)/content/\(file).jpg"))
        }
        return site
    }

    private static func options(_ jobs: Int = 2) -> BuildOptions {
        var options = BuildOptions(jobs: jobs, now: 1_764_000_000)
        options.fingerprints = true
        options.photographs = true
        return options
    }

    private func routes(_ site: FixtureSite) throws -> [Route] {
        let json = try Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json"))
        return try GateTable(json: json).routes.filter { $0.mediaType == "image/webp" }
    }

    @Test func `a page names the smaller images of its photograph, and they are there`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try routes(site).filter { $0.source == "content/a/harbour.jpg" }
        #expect(
            routes.count == 2 && routes.allSatisfy { $0.visibility == .public && $0.isFingerprinted == true }
        )
        let page = try #require(site.text("public/a/index.html"))
        let narrow = try #require(routes.first { $0.path.text.hasPrefix("/a/harbour.500w.") })
        let wide = try #require(routes.first { $0.path.text.hasPrefix("/a/harbour.800w.") })
        #expect(page.contains(" srcset=\"\(narrow.path.text) 500w, \(wide.path.text) 800w\" sizes=\"auto, "))
        #expect(page.contains(" width=\"800\" height=\"400\""))
        #expect(page.components(separatedBy: "srcset").count == 2)
        for route in routes {
            let bytes = try #require(try site.files()["public/\(route.file)"])
            #expect(bytes.count == route.length && bytes.starts(with: Data("RIFF".utf8)))
            #expect(bytes.range(of: Data("Foxglove".utf8)) == nil)
        }
        #expect(narrow.length < wide.length && wide.length < 30_000)
    }

    @Test func `the smaller images of a private photograph are private, and nobody can guess their names`()
        async throws
    {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try routes(site).filter { $0.source == "content/b/boat.jpg" }
        #expect(routes.count == 2 && routes.allSatisfy { $0.visibility == .private })
        for route in routes {
            let mark = try #require(route.path.text.split(separator: ".").dropLast().last)
            #expect(mark.count == 32 && !mark.contains(route.digest.prefix(8)))
        }
        #expect(try site.files().keys.allSatisfy { !$0.hasPrefix("public/b") })
    }

    @Test func `the smaller images of a photograph end with it`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try site.write("---\nexpires: 2099-01-01\n---\n![harbour](a/harbour.jpg)", to: "content/a.md")
        try await site.build(Self.options())
        let routes = try routes(site).filter { $0.source == "content/a/harbour.jpg" }
        #expect(routes.count == 2 && routes.allSatisfy { $0.expires == 4_070_908_800 })
    }

    @Test func `neither the number of jobs nor the cache changes a byte`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options(1))
        #expect(try await site.build(Self.options(5)).unchanged)
        var fresh = Self.options()
        fresh.usesCache = false
        #expect(try await site.build(fresh).unchanged)
        let kept = try FileManager.default.contentsOfDirectory(atPath: "\(site.output)/.cache/photographs")
        #expect(kept.count == 4)
    }

    /// An entry is replaced by other bytes: their coming back shows that the cache was asked.
    @Test func `an unchanged photograph is taken from the cache`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        try await site.build(Self.options())
        let folder = "\(site.output)/.cache/photographs"
        let entry = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
        let planted = Array("planted".utf8)
        try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
        let name = "\(entry.dropLast(64))\(FileDigest(of: planted).hex)"
        try Data(planted).write(to: URL(filePath: "\(folder)/\(name)"))
        #expect(try await !site.build(Self.options()).unchanged)
        #expect(try site.files().values.contains(Data(planted)))
    }

    /// Written after the photograph itself, which was compared with its digest then.
    @Test func `a photograph that changes while the site is built is an error, and is not kept`() async throws
    {
        let site = try Self.site()
        defer { site.remove() }
        let place = "\(site.source)/content/a/harbour.jpg"
        let asset = Asset(
            file: ContentFile(path: "a/harbour.jpg", location: place),
            path: try #require(PagePath("/a/harbour.jpg")),
            access: Access(visibility: .public, requirements: [], place: Place(file: "site.config")),
            isRuled: false,
            expires: nil
        )
        let names = AssetNames(key: try NameKey(output: site.output), darkroom: Darkroom(output: site.output))
        #expect(try names.sources(of: asset).count == 2)
        // A byte more at its end, where no decoder looks.
        try (Self.photograph("plain.jpg") + [0]).write(to: URL(filePath: place))
        let folder = ReleaseFolder(path: site.output + "/release")
        _ = try folder.made()
        let crew = Crew(jobs: 1)
        let writer = PhotographWriter(names: names, folder: folder, output: site.output, crew: crew)
        let error = await #expect(throws: Diagnostics.self) { try await writer.write() }
        #expect(
            error?.all.map(\.description).first?.hasPrefix(
                "content/a/harbour.jpg: error: the file has changed while the site was built"
            ) == true
        )
        let kept = try FileManager.default.contentsOfDirectory(atPath: "\(site.output)/.cache/photographs")
        #expect(kept.isEmpty)
    }

    @Test(arguments: ["build: { photographs: false }", "build: { fingerprint: false }"])
    func `site.config can do without them`(config: String) async throws {
        let site = try Self.site(config: config)
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(try routes(site).isEmpty)
        #expect(site.text("public/a/index.html")?.contains("srcset") == false)
    }

    @Test func `a photograph that cannot be decoded is an error of its file`() async throws {
        let site = try Self.site()
        defer { site.remove() }
        var bytes = try Self.photograph("plain.jpg")
        let scan = try #require(bytes.range(of: Data([0xff, 0xda])))
        bytes.removeSubrange(scan.lowerBound...)
        try bytes.write(to: URL(filePath: "\(site.source)/content/a/harbour.jpg"))
        let problems = try await site.problems(Self.options())
        #expect(
            problems.hasPrefix(
                "content/a/harbour.jpg: error: no smaller image can be made of this photograph: "
            )
        )
    }

    @Test func `what would not come through as it is has no smaller images`() throws {
        let plain = Array(try Self.photograph("plain.jpg"))
        let header = try #require(PhotographHeader(plain))
        #expect(header.width == 800 && header.height == 400 && header.orientation == 1)
        let turned = try #require(PhotographHeader(Array(try Self.photograph("turned.jpg"))))
        #expect(turned.orientation == 6 && turned.width == 400 && turned.shownWidth == 800)
        func profiled(_ name: String) -> [UInt8] {
            let profile = Array("ICC_PROFILE\0\u{1}\u{1}\(name)".utf8)
            return [0xff, 0xd8, 0xff, 0xe2, 0, UInt8(profile.count + 2)] + profile + plain.dropFirst(2)
        }
        #expect(PhotographHeader(profiled("Display P3")) == nil)
        #expect(PhotographHeader(profiled("sRGB IEC61966-2.1")) == header)
        #expect(PhotographHeader(profiled("\0s\0R\0G\0B")) == header)
        var inks = plain
        let frame = try #require(
            plain.indices.dropLast().first { plain[$0] == 0xff && plain[$0 + 1] == 0xc0 }
        )
        inks[frame + 9] = 4
        #expect(PhotographHeader(inks) == nil)
        for cut in stride(from: 0, to: frame + 9, by: 7) {
            #expect(PhotographHeader(Array(plain.prefix(cut))) == nil)
        }
        #expect(PhotographHeader(Array("GIF89a".utf8)) == nil)
    }
}
