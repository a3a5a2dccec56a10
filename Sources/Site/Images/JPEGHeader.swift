import Markdown

/// JPEG: segments up to the frame header, which has the size (ITU T.81 §B.2.2); Exif may say that the picture lies on its
/// side (CIPA DC-008, tag 274), which browsers set right.
enum JPEGHeader {
    static func read(_ bytes: HeaderBytes) -> ImageHeader.Reading {
        var position = 2
        var isTurned = false
        while true {
            guard let mark = bytes.byte(position), let marker = bytes.byte(position + 1) else {
                return .needsMore
            }
            guard mark == 0xff else { return .unknown }
            switch marker {
            case 0xff: position += 1
            case 0x01, 0xd0...0xd8: position += 2
            case 0xd9, 0xda: return .unknown
            case 0xc0...0xcf where ![0xc4, 0xc8, 0xcc].contains(marker):
                let (height, width) = (bytes.big(position + 5, bytes: 2), bytes.big(position + 7, bytes: 2))
                return isTurned ? ImageHeader.reading(height, width) : ImageHeader.reading(width, height)
            default:
                guard let length = bytes.big(position + 2, bytes: 2) else { return .needsMore }
                guard length >= 2 else { return .unknown }
                if marker == 0xe1, bytes.begins("Exif\0\0", at: position + 4) {
                    isTurned = isTurned || ExifOrientation.read(bytes, at: position + 10) ?? 1 >= 5
                }
                position += 2 + length
            }
        }
    }
}
