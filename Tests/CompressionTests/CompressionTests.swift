import Ground
import Testing

@testable import Compression

struct CompressionTests {
    private static let prose = Array(
        String(repeating: "No private byte leaves by a public door. ", count: 90).utf8
    )

    /// Nothing, one byte, prose, and what cannot be made smaller.
    private static let texts: [[UInt8]] = [
        [], [7], prose, (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 13) },
    ]

    @Test(arguments: ContentCoding.allCases, [Effort.quick, .thorough])
    func `what was compressed expands to itself`(coding: ContentCoding, effort: Effort) throws {
        for text in Self.texts {
            let coded = try coding.compress(text, effort)
            #expect(try coding.expand(coded, limit: text.count) == text)
            #expect(try coding.compress(text, effort) == coded)
        }
        #expect(try coding.compress(Self.prose, effort).count < Self.prose.count / 20)
    }

    @Test(arguments: ContentCoding.allCases)
    func `bytes that would grow beyond the limit are refused`(coding: ContentCoding) throws {
        let bomb = try coding.compress([UInt8](repeating: 0, count: 1 << 20), .quick)
        #expect(throws: CompressionFailure.tooLong) { try coding.expand(bomb, limit: 1000) }
        #expect(throws: CompressionFailure.tooLong) { try coding.expand(bomb, limit: (1 << 20) - 1) }
        #expect(try coding.expand(bomb, limit: 1 << 20).count == 1 << 20)
    }

    @Test(arguments: ContentCoding.allCases)
    func `bytes that are cut, changed or followed by others are refused`(coding: ContentCoding) throws {
        let coded = try coding.compress(Self.prose, .quick)
        let strangers: [[UInt8]] = [[], Array(coded.dropLast()), coded + [0], coded + coded, Self.prose]
        for bytes in strangers {
            #expect(throws: CompressionFailure.self) { try coding.expand(bytes, limit: 1 << 20) }
        }
    }

    /// RFC 1952 §2.3: bytes 4 to 7 are a time, and bit 3 of byte 3 says that a name follows.
    @Test func `gzip holds neither a time nor a name`() throws {
        let coded = try ContentCoding.gzip.compress(Self.prose, .quick)
        #expect(coded.prefix(3) == [0x1f, 0x8b, 8] && coded[3] == 0)
        #expect(coded[4..<8].allSatisfy { $0 == 0 })
    }

    @Test func `a recipe names coding, level and library`() {
        #expect(ContentCoding.gzip.recipe(.quick).hasPrefix("gzip4-1."))
        #expect(ContentCoding.br.recipe(.thorough).hasPrefix("br11-1."))
    }
}
