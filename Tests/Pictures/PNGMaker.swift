import Compression
import Ground

/// Makes PNG files of every kind (PNG specification, third edition), for tests.
package struct PNGMaker: Sendable {
    package var width: Int
    package var height: Int
    /// Bits for each sample.
    package var depth: Int
    /// 0 grey, 2 colours, 3 a palette, 4 grey with alpha, 6 colours with alpha.
    package var kind: Int
    package var isInterlaced = false
    /// Between the header and the pixels.
    package var chunks: [[UInt8]] = []

    package init(_ width: Int, _ height: Int, depth: Int = 8, kind: Int = 2) {
        self.width = width
        self.height = height
        self.depth = depth
        self.kind = kind
    }

    /// A chunk with its length and its checksum.
    package static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + data
        return big(data.count) + named + big(checksum(named))
    }

    /// What zlib makes of bytes.
    package static func deflated(_ bytes: [UInt8]) throws -> [UInt8] {
        // gzip without its header and its trailer, within zlib's (RFC 1950, RFC 1952).
        try [0x78, 0x9c] + ContentCoding.gzip.compress(bytes, .thorough).dropFirst(10).dropLast(8)
            + big(adler(bytes))
    }

    /// The file, with these samples for each pixel.
    package func file(_ samples: (_ column: Int, _ row: Int) -> [Int]) throws -> [UInt8] {
        try [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + header + chunks.joined()
            + Self.chunk("IDAT", Self.deflated(rows(samples))) + Self.chunk("IEND", [])
    }

    /// Another file, whose header now promises this size.
    package func promised(by file: [UInt8]) -> [UInt8] { file.prefix(8) + header + file.dropFirst(33) }
}

extension PNGMaker {
    private var header: [UInt8] {
        let kinds = [UInt8(depth), UInt8(kind), 0, 0, isInterlaced ? 1 : 0]
        return Self.chunk("IHDR", Self.big(width) + Self.big(height) + kinds)
    }

    /// Where the passes of an interlaced picture begin, and how far apart their pixels are (§8.1): column, row.
    private static let passes = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ]

    private func rows(_ samples: (Int, Int) -> [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (left, top, across, down) in isInterlaced ? Self.passes : [(0, 0, 1, 1)] where left < width {
            for row in stride(from: top, to: height, by: down) {
                let line = stride(from: left, to: width, by: across).flatMap { samples($0, row) }
                // Every row without a filter.
                bytes += [0] + packed(line)
            }
        }
        return bytes
    }

    private func packed(_ samples: [Int]) -> [UInt8] {
        guard depth < 8 else {
            return samples.flatMap { depth == 8 ? [UInt8($0)] : [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        }
        let inByte = 8 / depth
        return stride(from: 0, to: samples.count, by: inByte).map { start in
            (0..<inByte).reduce(0) { byte, place in
                byte << depth | (start + place < samples.count ? UInt8(samples[start + place]) : 0)
            }
        }
    }

    private static func big(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8((number >> $0) & 0xff) }
    }

    /// CRC-32 (§5.5).
    private static func checksum(_ bytes: [UInt8]) -> Int {
        let sum = bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
                sum & 1 == 1 ? 0xedb8_8320 ^ (sum >> 1) : sum >> 1
            }
        }
        return Int(~sum)
    }

    /// Adler-32 (RFC 1950 §8.2).
    private static func adler(_ bytes: [UInt8]) -> Int {
        let (low, high) = bytes.reduce((1, 0)) { sums, byte in
            let low = (sums.0 + Int(byte)) % 65_521
            return (low, (sums.1 + low) % 65_521)
        }
        return high << 16 | low
    }
}
