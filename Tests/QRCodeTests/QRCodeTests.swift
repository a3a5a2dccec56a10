import Foundation
import QRCode
import Testing

struct QRCodeTests {
    private static let uri =
        "otpauth://totp/Test%20Site:member%40example.com?issuer=Test%20Site&secret="
        + String(repeating: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", count: 2)
        + "&algorithm=SHA1&digits=6&period=30"

    @Test(arguments: [1, 14, 15, 100, 213, 214, 2331])
    func `a text of every length has the smallest code that holds it`(length: Int) throws {
        let code = try #require(QRCode(String(repeating: "x", count: length)))
        // Bytes that versions hold with error correction M (ISO/IEC 18004, table 7).
        let version = [1: 1, 14: 1, 15: 2, 100: 6, 213: 10, 214: 11, 2331: 40][length] ?? 0
        #expect(code.width == 17 + 4 * version)
        #expect(code.side == code.width + 8)
    }

    @Test
    func `what no code holds is none`() {
        #expect(QRCode("") == nil)
        #expect(QRCode(String(repeating: "x", count: 2332)) == nil)
    }

    @Test
    func `three corners are there to find it by, and the fourth is not`() throws {
        let code = try #require(QRCode(Self.uri))
        // Dark, light, three by three of dark (ISO/IEC 18004, finder pattern).
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
        func corner(_ left: Int, _ top: Int) -> [String] {
            (top..<top + 7).map { row in
                String((left..<left + 7).map { code.isDark(column: $0, row: row) ? "#" : "." })
            }
        }
        let far = code.width - 7
        #expect(corner(0, 0) == finder && corner(far, 0) == finder && corner(0, far) == finder)
        #expect(corner(far, far) != finder)
        for place in -4..<0 { #expect(!code.isDark(column: place, row: place)) }
    }

    @Test
    func `the path draws the dark squares and no others`() throws {
        let code = try #require(QRCode(Self.uri))
        var drawn: Set<[Int]> = []
        for match in code.path.matches(of: #/M(\d+) (\d+)h(\d+)v1h-(\d+)z/#) {
            let numbers = [match.1, match.2, match.3, match.4].compactMap { Int($0) }
            #expect(numbers[2] == numbers[3])
            for column in numbers[0]..<numbers[0] + numbers[2] { drawn.insert([column - 4, numbers[1] - 4]) }
        }
        var dark: Set<[Int]> = []
        for row in 0..<code.width {
            for column in 0..<code.width where code.isDark(column: column, row: row) {
                dark.insert([column, row])
            }
        }
        #expect(drawn == dark)
    }

    /// With what is no part of libqrencode: zbar reads what rsvg draws.
    @Test(.enabled(if: ["zbarimg", "rsvg-convert"].allSatisfy { isInstalled($0) }))
    func `another program reads the text back`() throws {
        let code = try #require(QRCode(Self.uri))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("qr-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(code.side) \(code.side)" width="\(code.side * 6)">
            <path fill="#fff" d="M0 0h\(code.side)v\(code.side)H0z"/><path d="\(code.path)"/></svg>
            """
        let (drawing, picture) = (folder.path + "/code.svg", folder.path + "/code.png")
        try svg.write(toFile: drawing, atomically: true, encoding: .utf8)
        _ = try Self.run("rsvg-convert", "-o", picture, drawing)
        let read = try Self.run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture)
        #expect(read.trimmingCharacters(in: .newlines) == Self.uri)
    }
}

private func isInstalled(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
}

extension QRCodeTests {
    private static func run(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: output, as: UTF8.self)
    }
}
