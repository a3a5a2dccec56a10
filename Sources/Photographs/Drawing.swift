import CSPNG
import CWebP

/// The picture of a PNG file: a drawing or a screenshot, of which every line counts.
package struct Drawing: Sendable {
    private let file: PNGFile

    package init(_ file: PNGFile) { self.file = file }

    /// The drawing as WebP, in so many eighths of its size, 1 to 8.
    ///
    /// All eight are the same picture, pixel for pixel in eight bits for each colour; fewer are nearly what its scaling made.
    package func webp(eighths: Int) throws(PhotographFailure) -> [UInt8] {
        var picture = WebPPicture()
        guard WebPPictureInit(&picture) != 0 else { throw .library("libwebp is not what it was built for") }
        defer { WebPPictureFree(&picture) }
        try decode(into: &picture)
        if eighths < 8 {
            let width = Photograph.scaled(Int(picture.width), eighths: eighths)
            let height = Photograph.scaled(Int(picture.height), eighths: eighths)
            guard WebPPictureRescale(&picture, Int32(width), Int32(height)) != 0 else {
                throw .library("it cannot be scaled")
            }
        }
        return try Self.encode(&picture, isWhole: eighths == 8)
    }

    /// What the bytes depend on, apart from the drawing and its eighths: `lossless6-60-1.2.4`.
    package static var recipe: String { "lossless\(effort)-\(nearness)-\(Photograph.encoder)" }
}

extension Drawing {
    /// Of 0 to 9: on 16 screenshots the next three levels took 5 % more off and ten times as long.
    private static let effort: Int32 = 6

    /// How near the pixels of what has been scaled must come to what scaling made of them, of 0 to 100; libwebp advises 60.
    ///
    /// On the same screenshots it took 10 to 30 % off. Flat areas and single lines stay as they are.
    private static let nearness: Int32 = 60

    private func decode(into picture: inout WebPPicture) throws(PhotographFailure) {
        guard file.width * file.height <= Photograph.largest else {
            throw .tooLarge(width: file.width, height: file.height)
        }
        guard let decoder = spng_ctx_new(0) else { throw .library("no memory") }
        defer { spng_ctx_free(decoder) }
        picture.use_argb = 1
        picture.width = Int32(file.width)
        picture.height = Int32(file.height)
        guard WebPPictureAlloc(&picture) != 0, let start = picture.argb else { throw .library("no memory") }
        let pixels = UnsafeMutableBufferPointer(start: start, count: file.width * file.height)
        let code = file.pixels.withUnsafeBytes { png in
            let code = spng_set_png_buffer(decoder, png.baseAddress, png.count)
            guard code == 0 else { return code }
            let (format, flags) = (Int32(SPNG_FMT_RGBA8.rawValue), Int32(SPNG_DECODE_TRNS.rawValue))
            return spng_decode_image(decoder, start, pixels.count * 4, format, flags)
        }
        guard code == 0 else {
            throw .library(spng_strerror(code).map { String(cString: $0) } ?? "it cannot be decoded")
        }
        // libspng writes red first; libwebp has a number for each pixel, with blue in its lowest byte.
        for place in pixels.indices {
            let pixel = UInt32(littleEndian: pixels[place])
            pixels[place] = pixel & 0xff00_ff00 | (pixel & 0xff) << 16 | (pixel >> 16) & 0xff
        }
    }

    private static func encode(_ picture: inout WebPPicture, isWhole: Bool) throws(PhotographFailure)
        -> [UInt8]
    {
        var config = WebPConfig()
        guard WebPConfigInit(&config) != 0, WebPConfigLosslessPreset(&config, effort) != 0 else {
            throw .library("libwebp is not what it was built for")
        }
        if !isWhole { config.near_lossless = nearness }
        var writer = WebPMemoryWriter()
        WebPMemoryWriterInit(&writer)
        defer { WebPMemoryWriterClear(&writer) }
        picture.writer = WebPMemoryWrite
        let isDone = withUnsafeMutablePointer(to: &writer) { writer in
            picture.custom_ptr = UnsafeMutableRawPointer(writer)
            return WebPEncode(&config, &picture) != 0
        }
        guard isDone else {
            throw .library("it cannot be encoded as WebP: libwebp's error \(picture.error_code.rawValue)")
        }
        return Array(UnsafeBufferPointer(start: writer.mem, count: writer.size))
    }
}
