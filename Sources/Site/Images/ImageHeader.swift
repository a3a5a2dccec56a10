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

    /// How much is read before the search is given up; photographs may carry much before their size.
    private static let stages = [4 << 10, 64 << 10, 1 << 20]

    /// The size of the image in a file; nil where none is told.
    ///
    /// Never an error: a browser shows what it can, only without the room being kept. What cannot be read at all is told
    /// when the file is copied.
    static func size(ofFile path: String) -> ImageSize? {
        guard let file = try? OpenFile(reading: path) else { return nil }
        var bytes: [UInt8] = []
        for stage in stages {
            guard let more = try? file.read(upTo: stage - bytes.count) else { return nil }
            bytes += more
            switch read(bytes) {
            case .size(let size): return size
            case .unknown: return nil
            case .needsMore: if bytes.count < stage { return nil }
            }
        }
        return nil
    }

    /// Reads the header of whatever kind of image the bytes begin.
    static func read(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 12 else { return bytes.isEmpty ? .unknown : .needsMore }
        let reading = HeaderBytes(bytes)
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
            return PNGHeader.read(reading)
        }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return JPEGHeader.read(reading) }
        if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            return GIFHeader.read(reading)
        }
        if bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) {
            return WebPHeader.read(reading)
        }
        return SVGHeader.read(bytes)
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
