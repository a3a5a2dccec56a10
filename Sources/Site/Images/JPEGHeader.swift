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
                    isTurned = isTurned || turns(bytes, at: position + 10)
                }
                position += 2 + length
            }
        }
    }

    /// Whether the orientation in the first directory of a TIFF structure is one of those that swap the sides.
    private static func turns(_ bytes: HeaderBytes, at start: Int) -> Bool {
        let isLittle = bytes.begins("II", at: start)
        guard isLittle || bytes.begins("MM", at: start) else { return false }
        func number(_ offset: Int, _ count: Int) -> Int? {
            isLittle ? bytes.little(start + offset, bytes: count) : bytes.big(start + offset, bytes: count)
        }
        guard let directory = number(4, 4), let entries = number(directory, 2) else { return false }
        for entry in 0..<min(entries, 200) {
            let offset = directory + 2 + entry * 12
            guard let tag = number(offset, 2) else { return false }
            if tag == 274 { return (5...8).contains(number(offset + 8, 2) ?? 0) }
        }
        return false
    }
}
