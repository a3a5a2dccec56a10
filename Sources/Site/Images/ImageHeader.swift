import Markdown

/// The size of an image as its file's first bytes tell it.
enum ImageHeader {
    /// What is known from the bytes read so far.
    enum Reading: Equatable {
        case size(ImageSize)
        /// The bytes end before the size is told.
        case needsMore
        /// Another kind of file, or a broken one.
        case unknown
    }

    /// Reads the header of whatever kind of image the bytes begin.
    static func read(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 12 else { return bytes.isEmpty ? .unknown : .needsMore }
        let reading = HeaderBytes(bytes)
        return switch ImageKind(bytes) {
        case .png: PNGHeader.read(reading)
        case .jpeg: JPEGHeader.read(reading)
        case .gif: GIFHeader.read(reading)
        case .webp: WebPHeader.read(reading)
        case .svg, nil: SVGHeader.read(bytes)
        }
    }

    /// A size that can be shown.
    static func reading(_ width: Int?, _ height: Int?) -> Reading {
        guard let width, let height else { return .needsMore }
        let isSize = (1...1 << 24).contains(width) && (1...1 << 24).contains(height)
        return isSize ? .size(ImageSize(width: width, height: height)) : .unknown
    }
}

/// Numbers in the bytes of a header; nil beyond their end.
struct HeaderBytes {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func byte(_ offset: Int) -> Int? { bytes.indices.contains(offset) ? Int(bytes[offset]) : nil }

    /// The most significant byte first.
    func big(_ offset: Int, bytes count: Int) -> Int? { number((0..<count).map { offset + $0 }) }

    /// The least significant byte first.
    func little(_ offset: Int, bytes count: Int) -> Int? {
        number((0..<count).reversed().map { offset + $0 })
    }

    func begins(_ text: String, at offset: Int) -> Bool {
        offset >= 0 && offset <= bytes.count && bytes[offset...].starts(with: text.utf8)
    }

    private func number(_ offsets: [Int]) -> Int? {
        var value = 0
        for offset in offsets {
            guard let byte = byte(offset) else { return nil }
            value = value << 8 | byte
        }
        return value
    }
}
