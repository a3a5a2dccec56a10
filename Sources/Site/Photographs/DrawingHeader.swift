import Compression
import Photographs

/// What a PNG file says of its picture, as far as smaller images of it are concerned.
struct DrawingHeader: Equatable {
    /// In pixels.
    let width: Int
    let height: Int

    /// Nil for what is no PNG file, and for one that would not come through as it is: one that moves, lies on its side, or has
    /// other colours than those of sRGB.
    init?(_ bytes: [UInt8]) {
        guard let file = PNGFile(bytes), file.data(of: "acTL") == nil, Self.isUpright(file),
            Self.isStandard(file)
        else { return nil }
        width = file.width
        height = file.height
    }
}

extension DrawingHeader {
    private static func isUpright(_ file: PNGFile) -> Bool {
        guard let exif = file.data(of: "eXIf") else { return true }
        return ExifOrientation.read(HeaderBytes(Array(exif)), at: 0) ?? 1 == 1
    }

    /// The first chunk of these that is there counts (PNG specification, third edition, §4.3); where none is, it is sRGB.
    private static func isStandard(_ file: PNGFile) -> Bool {
        if let code = file.data(of: "cICP") { return code.elementsEqual([1, 13, 0, 1]) }
        if let profile = file.data(of: "iCCP") { return isStandard(profile) }
        if file.data(of: "sRGB") != nil { return true }
        return agrees(file.data(of: "gAMA"), with: [45_455])
            && agrees(
                file.data(of: "cHRM"),
                with: [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000]
            )
    }

    /// A name, a byte for zlib, and a profile that it has made smaller (§11.3.2.3).
    private static func isStandard(_ profile: ArraySlice<UInt8>) -> Bool {
        guard let end = profile.firstIndex(of: 0) else { return false }
        // What cannot be expanded is no profile, and browsers pass over it; but colours in doubt are left alone.
        let plain = try? ZlibStream.expand(Array(profile[end...].dropFirst(2)), limit: 1 << 20)
        return ColorProfile.isStandard(plain?[...] ?? [])
    }

    /// Whether numbers of four bytes, in 100,000ths, are these but for rounding; nothing agrees with anything.
    private static func agrees(_ data: ArraySlice<UInt8>?, with numbers: [Int]) -> Bool {
        guard let data else { return true }
        let header = HeaderBytes(Array(data))
        return numbers.indices.allSatisfy { position in
            header.big(position * 4, bytes: 4).map { abs($0 - numbers[position]) <= 500 } ?? false
        }
    }
}
