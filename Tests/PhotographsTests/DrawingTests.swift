import CWebP
import TestPictures
import Testing

@testable import Photographs

struct DrawingTests {
    /// Red, green, blue and alpha of each pixel.
    private struct Pixels: Equatable {
        let width: Int
        let height: Int
        let bytes: [UInt8]

        init(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> [Int]) {
            self.width = width
            self.height = height
            bytes = (0..<height).flatMap { row in (0..<width).flatMap { pixel($0, row).map { UInt8($0) } } }
        }

        init?(_ webp: [UInt8]) {
            var (width, height): (Int32, Int32) = (0, 0)
            guard let pixels = WebPDecodeRGBA(webp, webp.count, &width, &height) else { return nil }
            defer { WebPFree(pixels) }
            self.width = Int(width)
            self.height = Int(height)
            bytes = Array(UnsafeBufferPointer(start: pixels, count: self.width * self.height * 4))
        }
    }

    private static func webp(_ png: [UInt8], eighths: Int = 8) throws -> [UInt8] {
        try Drawing(#require(PNGFile(png))).webp(eighths: eighths)
    }

    private static let palette: [[Int]] = [[200, 10, 30], [0, 90, 0], [7, 8, 250], [255, 255, 255]]

    @Test(arguments: [0, 2, 3, 4, 6], [1, 2, 4, 8, 16])
    func `every kind of PNG file comes through, pixel for pixel`(kind: Int, depth: Int) throws {
        let isAllowed = kind == 0 || kind == 3 && depth <= 8 || depth >= 8 && kind != 3
        guard isAllowed else { return }
        let (most, channels) = ((1 << depth) - 1, [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][kind] ?? 0)
        func samples(_ column: Int, _ row: Int) -> [Int] {
            let value = column * 37 * (depth == 16 ? 83 : 1) + row * 91
            if kind == 3 { return [value % min(4, most + 1)] }
            return (0..<channels).map { (value + $0 * 50) % (most + 1) }
        }
        var maker = PNGMaker(19, 11, depth: depth, kind: kind)
        if kind == 3 {
            let colors = Self.palette.prefix(most + 1).joined().map { UInt8($0) }
            maker.chunks = [PNGMaker.chunk("PLTE", colors), PNGMaker.chunk("tRNS", [128])]
        }
        let expected = Pixels(19, 11) { column, row in
            let given = samples(column, row)
            if kind == 3 { return Self.palette[given[0]] + [given[0] == 0 ? 128 : 255] }
            var eight = given.map { depth == 16 ? $0 >> 8 : $0 * 255 / most }
            if kind < 3 { eight.append(255) }
            // What nobody sees is nothing in particular.
            if eight.last == 0 { return [0, 0, 0, 0] }
            return kind == 0 || kind == 4 ? [eight[0], eight[0], eight[0], eight[1]] : eight
        }
        for isInterlaced in [false, true] {
            maker.isInterlaced = isInterlaced
            let found = try #require(Pixels(Self.webp(maker.file(samples))))
            let seen = Pixels(19, 11) { column, row in
                let pixel = found.bytes[((row * 19 + column) * 4)...].prefix(4).map { Int($0) }
                return pixel[3] == 0 ? [0, 0, 0, 0] : pixel
            }
            #expect(found.width == 19 && found.height == 11)
            #expect(seen == expected)
        }
    }

    @Test func `one colour may stand for nothing at all`() throws {
        var maker = PNGMaker(4, 1)
        maker.chunks = [PNGMaker.chunk("tRNS", [0, 9, 0, 9, 0, 9])]
        let png = try maker.file { column, _ in column == 2 ? [9, 9, 9] : [9, 9, 8] }
        let found = try #require(Pixels(Self.webp(png)))
        #expect([3, 7, 11, 15].map { found.bytes[$0] } == [255, 255, 0, 255])
    }

    @Test(arguments: [(1, 80, 40), (3, 240, 120), (8, 640, 320)])
    func `a drawing is made smaller by eighths, and what is transparent stays so`(
        eighths: Int,
        width: Int,
        height: Int
    ) throws {
        let png = try PNGMaker(640, 320, kind: 6).file { column, row in
            [255, 128, 0, column < 320 ? 0 : 255]
        }
        let webp = try Self.webp(png, eighths: eighths)
        #expect(try webp == Self.webp(png, eighths: eighths))
        let found = try #require(Pixels(webp))
        #expect(found.width == width && found.height == height)
        #expect(found.bytes[3] == 0 && Array(found.bytes.suffix(4)) == [255, 128, 0, 255])
    }

    @Test func `nothing but pixels comes through`() throws {
        var maker = PNGMaker(40, 30)
        let exif = Array("MM\0*\0\0\0\u{8}Foxglove".utf8)
        maker.chunks = [
            PNGMaker.chunk("tEXt", Array("Author\0Foxglove".utf8)), PNGMaker.chunk("eXIf", exif),
            PNGMaker.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0Foxglove".utf8)),
            PNGMaker.chunk("tIME", [7, 0xea, 1, 2, 3, 4, 5]),
        ]
        let png = try maker.file { column, row in [column, row, 0] }
        maker.chunks = []
        #expect(try PNGFile(png)?.pixels == maker.file { column, row in [column, row, 0] })
        let webp = try Self.webp(png)
        #expect(webp[8..<16].elementsEqual("WEBPVP8L".utf8))
        #expect(!String(decoding: webp, as: UTF8.self).contains("Foxglove"))
    }

    /// A thousand of them would fill eight gigabytes.
    @Test func `a text that would fill the memory is not expanded`() throws {
        var maker = PNGMaker(4, 4)
        let bomb = try PNGMaker.deflated([UInt8](repeating: 0, count: 1 << 20))
        maker.chunks = Array(repeating: PNGMaker.chunk("zTXt", Array("a\0\0".utf8) + bomb), count: 9)
        let file = try #require(try PNGFile(maker.file { _, _ in [1, 2, 3] }))
        #expect(file.pixels.count < 100)
    }

    @Test(arguments: [(60_000, 60_000), (10, 999_999_999), (0x7fff_ffff, 0x7fff_ffff)])
    func `a header that promises too many pixels is believed, and refused`(width: Int, height: Int) throws {
        let png = try PNGMaker(1, 1).file { _, _ in [0, 0, 0] }
        let file = try #require(PNGFile(PNGMaker(width, height).promised(by: png)))
        #expect(file.width == width && file.height == height)
        #expect(throws: PhotographFailure.tooLarge(width: width, height: height)) {
            try Drawing(file).webp(eighths: 1)
        }
    }

    @Test func `what is damaged or cut short is refused`() throws {
        let png = try PNGMaker(64, 64).file { column, row in [column * row % 256, column, row] }
        var damaged = png
        damaged[png.count / 2] ^= 0x55
        for bytes in [damaged, Array(png.prefix(png.count / 2)), Array(png.prefix(40))] {
            let error = #expect(throws: PhotographFailure.self) { try Self.webp(bytes) }
            #expect(error?.description.isEmpty == false)
        }
    }

    @Test func `what is no PNG file is not taken for one`() throws {
        let png = try PNGMaker(3, 3).file { _, _ in [1, 2, 3] }
        #expect(PNGFile([]) == nil && PNGFile(Array("GIF89a".utf8)) == nil)
        for length in 0..<33 { #expect(PNGFile(Array(png.prefix(length))) == nil) }
        // Apple's own kind has a chunk that nobody else knows.
        var apple = PNGMaker(3, 3)
        apple.chunks = [PNGMaker.chunk("CgBI", [0x50, 0, 0x20, 2])]
        #expect(try PNGFile(apple.file { _, _ in [1, 2, 3] }) == nil)
        for side in [0, 0x8000_0000] {
            var wrong = png
            wrong.replaceSubrange(16..<20, with: [24, 16, 8, 0].map { UInt8((side >> $0) & 0xff) })
            #expect(PNGFile(wrong) == nil)
        }
    }
}
