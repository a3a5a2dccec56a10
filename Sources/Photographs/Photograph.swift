import CTurboJPEG
import CWebP

/// A JPEG photograph.
package struct Photograph: Sendable {
    /// In pixels: what is decoded at most, whatever a header says.
    package static let largest = 50_000_000

    /// In pixels: a side of a WebP image at most.
    package static let longest = Int(WEBP_MAX_DIMENSION)

    private let jpeg: [UInt8]
    private let orientation: Orientation

    /// The orientation is that of its Exif data, 1 to 8; any other counts as 1.
    package init(_ jpeg: [UInt8], orientation: Int) {
        self.jpeg = jpeg
        self.orientation = Orientation(orientation)
    }

    /// The photograph as WebP, upright, in so many eighths of its size, 1 to 8.
    package func webp(eighths: Int) throws(PhotographFailure) -> [UInt8] {
        try Self.encode(decoded(eighths).turned(orientation))
    }

    /// What the bytes depend on, apart from the photograph and its eighths: `webp80-1.2.4`.
    package static var recipe: String { "webp\(Int(quality))-\(encoder)" }

    /// The version of libwebp.
    static var encoder: String {
        let version = WebPGetEncoderVersion()
        return "\(version >> 16).\((version >> 8) & 0xff).\(version & 0xff)"
    }

    /// How long a side becomes, in pixels.
    package static func scaled(_ side: Int, eighths: Int) -> Int { (side * eighths + 7) / 8 }
}

extension Photograph {
    private static let quality: Float = 80

    private func decoded(_ eighths: Int) throws(PhotographFailure) -> Raster {
        guard let decoder = tjInitDecompress() else { throw .library("no memory") }
        defer { tjDestroy(decoder) }
        var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        let size = UInt(jpeg.count)
        let header = jpeg.withUnsafeBufferPointer {
            tjDecompressHeader3(decoder, $0.baseAddress, size, &width, &height, &subsampling, &colours)
        }
        guard header == 0 else { throw Self.failure(decoder) }
        guard Int(width) * Int(height) <= Self.largest else {
            throw .tooLarge(width: Int(width), height: Int(height))
        }
        let wide = Self.scaled(Int(width), eighths: eighths)
        let high = Self.scaled(Int(height), eighths: eighths)
        var code: Int32 = 0
        let pixels = [UInt8](unsafeUninitializedCapacity: wide * high * 3) { output, count in
            // What the decoder leaves out of a damaged photograph is black, not what the memory held.
            output.initialize(repeating: 0)
            code = jpeg.withUnsafeBufferPointer {
                tjDecompress2(
                    decoder,
                    $0.baseAddress,
                    size,
                    output.baseAddress,
                    Int32(wide),
                    Int32(wide * 3),
                    Int32(high),
                    Int32(TJPF_RGB.rawValue),
                    TJFLAG_LIMITSCANS
                )
            }
            count = output.count
        }
        // A warning is of a photograph that is cut short, which browsers show as far as it goes.
        guard code == 0 || tjGetErrorCode(decoder) == TJERR_WARNING.rawValue else {
            throw Self.failure(decoder)
        }
        return Raster(width: wide, height: high, pixels: pixels)
    }

    private static func failure(_ decoder: tjhandle) -> PhotographFailure {
        .library(tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "it cannot be decoded")
    }

    private static func encode(_ raster: Raster) throws(PhotographFailure) -> [UInt8] {
        var output: UnsafeMutablePointer<UInt8>?
        let count = raster.pixels.withUnsafeBufferPointer {
            WebPEncodeRGB(
                $0.baseAddress,
                Int32(raster.width),
                Int32(raster.height),
                Int32(raster.width * 3),
                quality,
                &output
            )
        }
        defer { WebPFree(output) }
        guard count > 0, let output else { throw .library("it cannot be encoded as WebP") }
        return Array(UnsafeBufferPointer(start: output, count: count))
    }
}
