/// The chunks of a PNG file (PNG specification, third edition, §5).
package struct PNGFile: Sendable {
    /// In pixels, as the header says.
    package let width: Int
    package let height: Int

    private let bytes: [UInt8]
    private var chunks: [Chunk] = []

    /// Nil for what is no PNG file, and for one of which a decoder must know more than the standard's chunks.
    ///
    /// A file that is cut short ends with what is left of its last chunk.
    package init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.signature) else { return nil }
        self.bytes = bytes
        var start = Self.signature.count
        // Length, name and checksum take 12 bytes.
        while start + 12 <= bytes.count {
            let chunk = Chunk(
                name: Array(bytes[start + 4..<start + 8]),
                range: start..<min(start + 12 + Self.number(bytes[start..<start + 4]), bytes.count)
            )
            // A small letter first: whoever does not know it may pass over it (§5.4).
            guard Self.essential.contains(chunk.name) || chunk.name[0] & 0x20 != 0 else { return nil }
            chunks.append(chunk)
            start = chunk.range.upperBound
        }
        guard let header = chunks.first, header.name.elementsEqual("IHDR".utf8), header.range.count == 25
        else {
            return nil
        }
        let data = header.range.lowerBound + 8
        width = Self.number(bytes[data..<data + 4])
        height = Self.number(bytes[data + 4..<data + 8])
        guard Self.sides.contains(width), Self.sides.contains(height) else { return nil }
    }

    /// What is in the first chunk of a name; nil where there is none.
    package func data(of name: String) -> ArraySlice<UInt8>? {
        chunks.first { $0.name.elementsEqual(name.utf8) }.map { bytes[$0.range].dropFirst(8).dropLast(4) }
    }

    /// The file with its pixels and nothing else: no text, no profile, no Exif.
    var pixels: [UInt8] {
        Self.signature
            + chunks.filter { Self.essential.contains($0.name) }.flatMap { bytes[$0.range] }
    }
}

extension PNGFile {
    private struct Chunk {
        let name: [UInt8]
        /// From its length to its checksum.
        let range: Range<Int>
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    /// What the standard allows (§11.2.1); the product of two is no overflow.
    private static let sides = 1...0x7fff_ffff
    private static let essential = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].map { Array($0.utf8) }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
