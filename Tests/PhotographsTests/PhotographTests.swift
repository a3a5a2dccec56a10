import Foundation
import Testing

@testable import Photographs

struct PhotographTests {
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/Photographs")

    private static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// Width and height of a WebP file with lossy pixels (RFC 9649 §2.5).
    private static func size(_ webp: [UInt8]) -> [Int] {
        [26, 28].map { Int(webp[$0]) | Int(webp[$0 + 1] & 0x3f) << 8 }
    }

    @Test(arguments: [(1, 100, 50), (3, 300, 150), (8, 800, 400)])
    func `a photograph is made smaller by eighths`(eighths: Int, width: Int, height: Int) throws {
        let photograph = Photograph(try Self.bytes("plain.jpg"), orientation: 1)
        let webp = try photograph.webp(eighths: eighths)
        #expect(webp.starts(with: "RIFF".utf8) && webp[8..<16].elementsEqual("WEBPVP8 ".utf8))
        #expect(Self.size(webp) == [width, height])
        #expect(try photograph.webp(eighths: eighths) == webp)
    }

    @Test func `a photograph that lies on its side is set upright`() throws {
        let webp = try Photograph(try Self.bytes("turned.jpg"), orientation: 6).webp(eighths: 8)
        #expect(Self.size(webp) == [800, 400])
    }

    /// A row of three pixels above another: a b c, d e f.
    @Test(arguments: [
        (1, "abcdef", 3), (2, "cbafed", 3), (3, "fedcba", 3), (4, "defabc", 3), (5, "adbecf", 2),
        (6, "daebfc", 2),
        (7, "fcebda", 2), (8, "cfbead", 2), (9, "abcdef", 3),
    ])
    func `each way of holding a camera is undone`(orientation: Int, expected: String, width: Int) {
        let pixels = "abcdef".utf8.flatMap { [$0, $0, $0] }
        let turned = Raster(width: 3, height: 2, pixels: pixels).turned(Orientation(orientation))
        #expect(turned.width == width && turned.height == 6 / width)
        #expect(turned.pixels == expected.utf8.flatMap { [$0, $0, $0] })
    }

    @Test func `nothing but pixels comes through`() throws {
        let jpeg = try Self.bytes("plain.jpg")
        #expect(String(decoding: jpeg, as: UTF8.self).contains("Foxglove"))
        let webp = String(decoding: try Photograph(jpeg, orientation: 1).webp(eighths: 8), as: UTF8.self)
        for mark in ["Foxglove", "Exif", "EXIF", "XMP", "ICCP"] { #expect(!webp.contains(mark)) }
    }

    @Test func `a header that promises too many pixels is believed, and refused`() throws {
        var jpeg = try Self.bytes("plain.jpg")
        let frame = try #require(jpeg.indices.dropLast().first { jpeg[$0] == 0xff && jpeg[$0 + 1] == 0xc0 })
        for offset in 5...8 { jpeg[frame + offset] = 0xf0 }
        #expect(throws: PhotographFailure.tooLarge(width: 61680, height: 61680)) {
            try Photograph(jpeg, orientation: 1).webp(eighths: 1)
        }
    }

    @Test func `what is no photograph is refused, and what is cut short is shown as far as it goes`() throws {
        for bytes in [[], Array("nothing".utf8), [0xff, 0xd8, 0xff]] as [[UInt8]] {
            #expect(throws: PhotographFailure.self) { try Photograph(bytes, orientation: 1).webp(eighths: 1) }
        }
        let jpeg = try Self.bytes("plain.jpg")
        let webp = try Photograph(Array(jpeg.prefix(jpeg.count / 2)), orientation: 1).webp(eighths: 4)
        #expect(Self.size(webp) == [400, 200])
    }
}
