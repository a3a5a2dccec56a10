import Foundation
import Gate
import Ground
import Markdown
import TestPictures
import Testing

@testable import Site

/// Smaller images of PNG drawings: which gain something, and of which files there are none.
struct DrawingTests {
    private static func bars(_ width: Int, _ height: Int, chunks: [[UInt8]] = []) throws -> Data {
        var maker = PNGMaker(width, height)
        maker.chunks = chunks
        return try Data(maker.file { column, row in [column / 40 * 8 % 256, row / 16 % 256, 70] })
    }

    /// Lines of one pixel, which are of many greys when they are scaled.
    private static func hatching(_ width: Int, _ height: Int) throws -> Data {
        try Data(
            PNGMaker(width, height, kind: 0).file { column, row in
                [column % 7 == 0 || row % 5 == 0 ? 0 : 255]
            }
        )
    }

    private static func site(_ drawing: Data, page: String = "![plan](a/plan.png)") throws -> FixtureSite {
        let site = try FixtureSite(writing: ["content/a.md": page, "content/a/plan.png": ""])
        try drawing.write(to: URL(filePath: "\(site.source)/content/a/plan.png"))
        return site
    }

    private static func options(_ jobs: Int = 2, usesCache: Bool = true) -> BuildOptions {
        var options = BuildOptions(jobs: jobs, now: 1_764_000_000)
        options.fingerprints = true
        options.photographs = true
        options.usesCache = usesCache
        return options
    }

    private func routes(_ site: FixtureSite) throws -> [Route] {
        let json = try Data(contentsOf: URL(filePath: "\(site.output)/current/gate.json"))
        return try GateTable(json: json).routes.filter { $0.mediaType == "image/webp" }
    }

    private func kept(_ site: FixtureSite) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(site.output)/.cache/photographs").sorted()
    }

    @Test func `a page names the smaller images of its drawing, and they are there`() async throws {
        let site = try Self.site(Self.bars(800, 400))
        defer { site.remove() }
        try await site.build(Self.options())
        let page = try #require(site.text("public/a/index.html"))
        let routes = try routes(site)
        let whole = try #require(routes.first { $0.path.text.hasPrefix("/a/plan.800w.") })
        #expect(page.contains("\(whole.path.text) 800w\" sizes=\"auto, "))
        #expect(page.contains(" src=\"/a/plan.") && page.contains(" width=\"800\" height=\"400\""))
        #expect(routes.allSatisfy { $0.visibility == .public && $0.isFingerprinted == true })
        for route in routes {
            let bytes = try #require(try site.files()["public/\(route.file)"])
            #expect(bytes.count == route.length && bytes.starts(with: Data("RIFF".utf8)))
        }
    }

    @Test func `the smaller images of a private drawing are private, and nobody can guess their names`()
        async throws
    {
        let page = "---\nvisibility: private\n---\n![plan](a/plan.png)"
        let site = try Self.site(Self.bars(800, 400), page: page)
        defer { site.remove() }
        try await site.build(Self.options())
        let routes = try routes(site)
        #expect(!routes.isEmpty && routes.allSatisfy { $0.visibility == .private })
        for route in routes {
            let mark = try #require(route.path.text.split(separator: ".").dropLast().last)
            #expect(mark.count == 32 && !mark.contains(route.digest.prefix(8)))
        }
        #expect(try site.files().keys.allSatisfy { !$0.hasPrefix("public/a/plan") })
    }

    @Test func `neither the number of jobs nor the cache changes a byte`() async throws {
        let site = try Self.site(Self.hatching(1000, 100))
        defer { site.remove() }
        for name in ["b", "c", "d"] {
            try site.write("![plan](a/plan.png)", to: "content/\(name).md")
        }
        try await site.build(Self.options(1))
        #expect(try routes(site).map(\.path.text.count) == ["/a/plan.1000w.0123456789abcdef.webp".count])
        #expect(try await site.build(Self.options(5)).unchanged)
        #expect(try await site.build(Self.options(usesCache: false)).unchanged)
    }

    /// An entry is replaced by more bytes than the file has: they are asked for, compared and kept, but not shown.
    @Test func `an image that gains nothing is not there, and is not made again`() async throws {
        let site = try Self.site(Self.bars(800, 400))
        defer { site.remove() }
        try await site.build(Self.options())
        let whole = try #require(try routes(site).first { $0.path.text.hasPrefix("/a/plan.800w.") })
        let entry = try #require(try kept(site).first { $0.hasSuffix(whole.digest) })
        let folder = "\(site.output)/.cache/photographs"
        let planted = [UInt8](repeating: 1, count: 900_000)
        try FileManager.default.removeItem(atPath: "\(folder)/\(entry)")
        let name = "\(entry.dropLast(64))\(FileDigest(of: planted).hex)"
        try Data(planted).write(to: URL(filePath: "\(folder)/\(name)"))
        try await site.build(Self.options())
        #expect(try routes(site).isEmpty && kept(site) == [name])
        #expect(site.text("public/a/index.html")?.contains("srcset") == false)
    }

    @Test func `a drawing that cannot be decoded is an error of its file`() async throws {
        let site = try Self.site(Self.bars(800, 400).prefix(200))
        defer { site.remove() }
        let problems = try await site.problems(Self.options())
        #expect(
            problems.hasPrefix("content/a/plan.png: error: no smaller image can be made of this drawing: ")
        )
    }

    @Test func `one of too many pixels is left as it is`() async throws {
        let png = try Array(Self.bars(800, 400))
        let site = try Self.site(Data(PNGMaker(65_536, 65_536).promised(by: png)))
        defer { site.remove() }
        try await site.build(Self.options())
        #expect(try routes(site).isEmpty)
        #expect(site.text("public/a/index.html")?.contains("srcset") == false)
    }

    /// The widest first: what it needs; the file itself needs 100.
    @Test(arguments: [
        ([90, 80, 70], "480 960 1920"), ([90, 90, 70], "480 1920"), ([60, 80, 70], "1920"),
        ([100, 80, 90], "960 file"), ([120, 110, 99], "480 file"), ([100, 100, 100], ""),
    ])
    func `an image is offered where it is shorter than all wider ones`(lengths: [Int], offered: String) throws
    {
        let images = try #require(Self.images(Self.bars(1920, 4)))
        #expect(images.candidates.map(\.width) == [480, 960, 1920])
        let order = Dictionary(uniqueKeysWithValues: zip([1920, 960, 480], lengths))
        let file = try #require(PagePath("/a/plan.png"))
        let sources = images.gaining(than: 100) { order[$0.width] ?? 0 }.sources(file: file)
        let found = sources.map { $0.address == file.encoded && $0.width == 1920 ? "file" : "\($0.width)" }
        #expect(found.joined(separator: " ") == offered)
    }

    @Test(arguments: [(320, [320]), (800, [800]), (1000, [500, 1000]), (4000, [500, 1000, 2000])])
    func `a drawing is not scaled by less than half`(width: Int, widths: [Int]) throws {
        #expect(try #require(Self.images(Self.bars(width, 4))).candidates.map(\.width) == widths)
    }

    @Test func `an image is no longer than WebP can be, and the file stands in for it`() throws {
        let png = try Array(Self.bars(640, 4))
        let images = try #require(Self.images(Data(PNGMaker(1920, 20_000).promised(by: png))))
        #expect(images.candidates.map(\.width) == [480, 960])
        let file = try #require(PagePath("/a/plan.png"))
        #expect(images.sources(file: file).map(\.width) == [480, 960, 1920])
    }

    private static func images(_ png: Data) -> SmallerImages? {
        guard let path = PagePath("/a/plan.png") else { return nil }
        let asset = Asset(
            file: ContentFile(path: "a/plan.png", location: "plan.png"),
            path: path,
            access: Access(visibility: .public, requirements: [], place: Place(file: "site.config")),
            isRuled: false,
            expires: nil
        )
        return SmallerImages(asset, bytes: Array(png), digest: FileDigest(of: Array(png))) { _, made in
            String(made.hex.prefix(16))
        }
    }

    /// An ICC profile as PNG files hold it, under a name that says nothing.
    private static func profile(_ text: String) throws -> [UInt8] {
        try PNGMaker.chunk("iCCP", Array("ICC profile\0\0".utf8) + PNGMaker.deflated(Array(text.utf8)))
    }

    private static func numbers(_ name: String, _ numbers: Int...) -> [UInt8] {
        PNGMaker.chunk(
            name,
            numbers.flatMap { number in [24, 16, 8, 0].map { UInt8((number >> $0) & 0xff) } }
        )
    }

    private static func exif(_ orientation: UInt8) -> [UInt8] {
        let entry: [UInt8] = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]
        return PNGMaker.chunk("eXIf", Array("MM\0*\0\0\0\u{8}\0\u{1}".utf8) + entry + [0, 0, 0, 0])
    }

    @Test func `what would come through as it is has smaller images`() throws {
        let chunks = try [
            [], [Self.profile("sRGB IEC61966-2.1")], [Self.profile("\0s\0R\0G\0B")], [Self.exif(1)],
            [PNGMaker.chunk("sRGB", [0]), Self.numbers("gAMA", 100_000)], [Self.numbers("gAMA", 45_455)],
            [PNGMaker.chunk("cICP", [1, 13, 0, 1]), Self.profile("Display P3")],
            [Self.numbers("cHRM", 31_269, 32_899, 63_999, 33_001, 30_000, 60_000, 15_000, 5_999)],
        ]
        for chunks in chunks {
            #expect(try DrawingHeader(Array(Self.bars(400, 32, chunks: chunks)))?.width == 400)
        }
    }

    @Test func `what would not come through as it is has none`() throws {
        let chunks = try [
            PNGMaker.chunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), Self.profile("Display P3"),
            PNGMaker.chunk("iCCP", Array("sRGB\0\0".utf8) + [1, 2, 3]), PNGMaker.chunk("iCCP", []),
            Self.profile(String(repeating: " ", count: 1 << 20) + "sRGB"), Self.numbers("gAMA", 100_000),
            PNGMaker.chunk("cICP", [9, 16, 0, 1]), Self.exif(6), PNGMaker.chunk("gAMA", [0]),
            Self.numbers("cHRM", 31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000),
        ]
        for chunk in chunks { #expect(try DrawingHeader(Array(Self.bars(400, 32, chunks: [chunk]))) == nil) }
    }
}
