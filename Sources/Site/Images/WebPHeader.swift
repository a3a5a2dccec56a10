/// WebP: one of three kinds of first chunk (RFC 9649 §2.5 to §2.7).
enum WebPHeader {
    static func read(_ bytes: HeaderBytes) -> ImageHeader.Reading {
        guard bytes.byte(29) != nil else { return .needsMore }
        if bytes.begins("VP8X", at: 12) {
            return reading(bytes.little(24, bytes: 3), bytes.little(27, bytes: 3), plus: 1)
        }
        if bytes.begins("VP8L", at: 12) {
            guard bytes.byte(20) == 0x2f else { return .unknown }
            // 14 bits each, less one.
            let bits = bytes.little(21, bytes: 4)
            return reading(bits.map { $0 & 0x3fff }, bits.map { $0 >> 14 & 0x3fff }, plus: 1)
        }
        if bytes.begins("VP8 ", at: 12) {
            guard bytes.big(23, bytes: 3) == 0x9d012a else { return .unknown }
            // The upper two bits are a scale, which browsers pass over.
            return reading(
                bytes.little(26, bytes: 2).map { $0 & 0x3fff },
                bytes.little(28, bytes: 2).map { $0 & 0x3fff }
            )
        }
        return .unknown
    }

    private static func reading(_ width: Int?, _ height: Int?, plus more: Int = 0) -> ImageHeader.Reading {
        ImageHeader.reading(width.map { $0 + more }, height.map { $0 + more })
    }
}
