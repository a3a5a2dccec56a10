import Foundation
import Markdown
import Testing

@testable import Site

struct ImageHeaderTests {
    /// The bytes of each file's beginning, in hexadecimal, and the size that it tells.
    @Test(arguments: [
        ("89504e470d0a1a0a 0000000d 49484452 00000280 000001e0 0806000000", "640x480"),
        ("474946383961 80020 e001", nil), ("474946383961 8002 e001 f70000", "640x480"),
        ("474946383761 0100 0100 000000", "1x1"),
        ("ffd8 ffe0 0010 4a464946000101010048004800 00 ffc0 0011 08 01e0 0280 03", "640x480"),
        ("ffd8 ffdb 0004 0000 ff ffc2 0011 08 01e0 0280 03", "640x480"),
        (
            "ffd8 ffe1 0022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 0006 0000 00000000 ffc0 0011 08 01e0 0280 03",
            "480x640"
        ),
        (
            "ffd8 ffe1 0022 457869660000 49492a0008000000 0100 1201 0300 01000000 0800 0000 00000000 ffc0 0011 08 01e0 0280 03",
            "480x640"
        ),
        (
            "ffd8 ffe1 0022 457869660000 49492a0008000000 0100 1201 0300 01000000 0300 0000 00000000 ffc0 0011 08 01e0 0280 03",
            "640x480"
        ),
        (
            "ffd8 ffe1 0022 457869660000 49492a00ffffffff 0100 1201 0300 01000000 0600 0000 00000000 ffc0 0011 08 01e0 0280 03",
            "640x480"
        ),
        ("ffd8 ffe0 0001 000000000000000000000000", nil), ("ffd8 ffda 0010 4a464946000101010048004800", nil),
        ("52494646 00000000 57454250 56503820 00000000 000000 9d012a 8002 e001 00", "640x480"),
        ("52494646 00000000 57454250 5650384c 00000000 2f 7fc27700 0000000000000000", "640x480"),
        ("52494646 00000000 57454250 56503858 00000000 00000000 7f0200 df0100 00", "640x480"),
        ("52494646 00000000 57454250 41424344 00000000 00000000 7f0200 df0100 00", nil),
        ("89504e470d0a1a0a 0000000d 49484452 00000000 000001e0 0806000000", nil),
        ("00000000000000000000000000000000", nil),
    ])
    func `a header tells the size`(hex: String, size: String?) throws {
        #expect(Self.text(ImageHeader.read(try Self.bytes(hex))) == size)
    }

    @Test(arguments: [
        (#"<svg width="640" height="480px"/>"#, "640x480"),
        (#"<svg viewBox="0 0 640.4 480"></svg>"#, "640x480"),
        (
            "<?xml version='1.0'?>\n<!-- <svg width='1' height='1'> -->\n<!DOCTYPE svg [<!ENTITY a '>'>]>\n<svg:svg\n viewBox='0,0,640,480' width = '320'>",
            "320x240"
        ),
        (#"<svg width="100%" height="100%" viewBox="0 0 640 480">"#, "640x480"),
        (#"<svg height="240" viewBox="0 0 640 480">"#, "320x240"),
        (#"<svg width="10em" height="5em">"#, nil), (#"<html width="640" height="480">"#, nil),
        ("just some text, no image", nil),
        (#"<svg width="-1" height="1e400" viewBox="0 0 0 5">"#, nil),
        (#"<svg width="1e9" height="1e9">"#, nil),
        (#"<svg viewBox="0 0 640 480" data-x="never closed"#, nil),
    ])
    func `an SVG tells its size in its first tag`(text: String, size: String?) {
        #expect(Self.text(ImageHeader.read(Array(text.utf8))) == size)
    }

    @Test func `every cut of a header is read without harm`() throws {
        let jpeg =
            "ffd8 ffe1 0022 457869660000 4d4d002a00000008 0001 0112 0003 00000001 0006 0000 00000000 ffc0 0011 08 01e0 0280 03"
        let bytes = try Self.bytes(jpeg)
        for count in 0..<bytes.count - 1 {
            #expect(Self.text(ImageHeader.read(Array(bytes[..<count]))) == nil)
        }
    }

    @Test func `a page says how large its images are`() async throws {
        let site = try FixtureSite(writing: [
            "content/index.md": "![a](a.svg)\n![b](b.avif)\n![c](https://a.example/c.png)\n![d](d.jpg)\n",
            "content/a.svg": "<svg width='4' height='3'/>",
            "content/b.avif": "no image",
        ])
        defer { site.remove() }
        // The size stands behind more than is read at first.
        let filler = (0..<5).map { _ in Data([0xff, 0xe2, 0xff, 0xff]) + Data(count: 0xfffd) }.reduce(
            Data(),
            +
        )
        let photograph = Data([0xff, 0xd8]) + filler + Data([0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3])
        try photograph.write(to: URL(fileURLWithPath: "\(site.source)/content/d.jpg"))
        #expect(try await site.problems() == "")
        let late = "loading=\"lazy\" decoding=\"async\""
        #expect(
            site.text("public/index.html")?.hasSuffix(
                """
                <p><img src="/a.svg" alt="a" width="4" height="3" \(late) />
                <img src="/b.avif" alt="b" \(late) />
                <img src="https://a.example/c.png" alt="c" \(late) />
                <img src="/d.jpg" alt="d" width="640" height="480" \(late) /></p>

                """
            ) == true
        )
    }

    private static func text(_ reading: ImageHeader.Reading) -> String? {
        guard case .size(let size) = reading else { return nil }
        return "\(size.width)x\(size.height)"
    }

    private static func bytes(_ hex: String) throws -> [UInt8] {
        let digits = hex.filter { $0 != " " }
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(digits.dropFirst($0).prefix(2), radix: 16)
        }
    }
}
