/// PNG: the first chunk is IHDR, and begins with the size (PNG specification, third edition, §11.2.1).
enum PNGHeader {
    static func read(_ bytes: HeaderBytes) -> ImageHeader.Reading {
        guard bytes.byte(23) != nil else { return .needsMore }
        guard bytes.begins("IHDR", at: 12) else { return .unknown }
        return ImageHeader.reading(bytes.big(16, bytes: 4), bytes.big(20, bytes: 4))
    }
}
