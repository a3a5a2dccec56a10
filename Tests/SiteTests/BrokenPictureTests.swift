import Foundation
import Testing

@testable import Site

/// Pictures that would not be seen, told where they are shown.
struct BrokenPictureTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 0, 4, 0, 0, 0, 3, 8, 6, 0, 0, 0]
    private static let jpeg: [UInt8] = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 3, 0, 4, 3]
    private static let svg = Array("<?xml version='1.0'?><svg/>".utf8)

    /// The name of a file, its bytes, and the warning and advice that an image of it gets.
    static let files: [(name: String, bytes: [UInt8], problem: String, advice: String)] = [
        (
            "a.jpg", Array("some text, and no picture".utf8), "'a.jpg' is no JPEG image",
            "save the picture anew"
        ),
        ("a.png", jpeg, "'a.png' is a JPEG image, though its name says PNG", "call it 'a.jpg'"),
        ("a.webp", svg, "'a.webp' is an SVG image, though its name says WebP", "call it 'a.svg'"),
        ("a.avif", png, "'a.avif' is a PNG image, though its name says AVIF", "call it 'a.png'"),
        ("a.png", Array(png.prefix(20)), "the PNG image 'a.png' is broken", "save the picture anew"),
        ("a.png", [], "'a.png' is no PNG image", "save the picture anew"),
        (
            "a.gif", Array("GIF89a\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}".utf8),
            "the GIF image 'a.gif' is broken", "save the picture anew"
        ),
        ("a.svg", Array("<html></html>".utf8), "'a.svg' is no SVG image", "save the picture anew"),
        ("a.pdf", Array("%PDF".utf8), "'a.pdf' is no picture", "link to it, without the '!'"),
        ("a.mp4", Array("film".utf8), "'a.mp4' is no picture", "link to it, without the '!'"),
        (
            "picture", png, "the name of 'picture' does not say that it is a PNG image",
            "call it 'picture.png'"
        ),
    ]

    @Test(arguments: files)
    func `a picture that would not be seen is a warning where it is shown`(
        name: String,
        bytes: [UInt8],
        problem: String,
        advice: String
    ) async throws {
        let site = try FixtureSite(writing: [
            "content/a.md": "ä ![x](\(name)) [y](\(name))\n", "content/\(name)": "",
        ])
        defer { site.remove() }
        try Data(bytes).write(to: URL(filePath: "\(site.source)/content/\(name)"))
        #expect(try await site.problems() == "content/a.md:1:3: warning: \(problem)\n    \(advice)")
    }

    @Test(arguments: [
        ("a.png", png), ("a.jpeg", jpeg), ("a.JPG", jpeg), ("a.svg", svg), ("a.avif", [1, 2, 3]),
        ("a.ico", []),
    ])
    func `a picture that may be seen is no warning`(name: String, bytes: [UInt8]) async throws {
        let site = try FixtureSite(writing: ["content/a.md": "![x](\(name))\n", "content/\(name)": ""])
        defer { site.remove() }
        try Data(bytes).write(to: URL(filePath: "\(site.source)/content/\(name)"))
        #expect(try await site.problems() == "")
    }
}
