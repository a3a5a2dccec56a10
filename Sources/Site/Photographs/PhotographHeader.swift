/// What the header of a JPEG photograph says (ITU T.81 §B.2), as far as smaller images of it are concerned.
struct PhotographHeader: Equatable {
    /// As stored, in pixels.
    let width: Int
    let height: Int
    /// How the camera was held: 1 to 8 (CIPA DC-008, tag 274).
    let orientation: Int

    /// Nil for what is no photograph, and for one whose colours would not come through: four inks, or a profile of its own
    /// other than sRGB.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: [0xff, 0xd8, 0xff]) else { return nil }
        let header = HeaderBytes(bytes)
        var position = 2
        var orientation = 1
        while let mark = header.byte(position), let marker = header.byte(position + 1) {
            guard mark == 0xff else { return nil }
            switch marker {
            case 0xff: position += 1
            case 0x01, 0xd0...0xd8: position += 2
            case 0xd9, 0xda: return nil
            case 0xc0...0xc2:
                guard header.byte(position + 4) == 8, let height = header.big(position + 5, bytes: 2),
                    let width = header.big(position + 7, bytes: 2),
                    let components = header.byte(position + 9),
                    width > 0, height > 0, components == 1 || components == 3
                else { return nil }
                self.width = width
                self.height = height
                self.orientation = orientation
                return
            case 0xc3, 0xc5...0xc7, 0xc9...0xcb, 0xcd...0xcf: return nil
            default:
                guard let length = header.big(position + 2, bytes: 2), length >= 2 else { return nil }
                if marker == 0xe1, header.begins("Exif\0\0", at: position + 4) {
                    orientation = ExifOrientation.read(header, at: position + 10) ?? orientation
                }
                if marker == 0xe2, header.begins("ICC_PROFILE\0", at: position + 4) {
                    let profile = bytes[position..<min(position + 2 + length, bytes.count)]
                    guard ColorProfile.isStandard(profile) else { return nil }
                }
                position += 2 + length
            }
        }
        return nil
    }

    /// Upright.
    var shownWidth: Int { orientation >= 5 ? height : width }

    /// Upright.
    var shownHeight: Int { orientation >= 5 ? width : height }
}
