import CZlib

/// gzip (RFC 1952) by zlib.
///
/// Without a header set, zlib writes neither a time nor a name.
enum Gzip {
    static var version: String { String(cString: zlibVersion()) }

    static func compress(_ bytes: [UInt8], level: Int32) throws(CompressionFailure) -> [UInt8] {
        var stream = z_stream()
        try check(
            deflateInit2_(&stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        )
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        let (coded, code) = run(&stream, bytes, room: bound) { deflate(&$0, Z_FINISH) }
        guard code == Z_STREAM_END else { throw .library("zlib \(code)") }
        return coded
    }

    static func expand(
        _ bytes: [UInt8],
        limit: Int,
        window: Int32 = Self.window
    ) throws(CompressionFailure) -> [UInt8] {
        var stream = z_stream()
        try check(inflateInit2_(&stream, window, ZLIB_VERSION, size))
        defer { inflateEnd(&stream) }
        // One byte more than allowed, so that zlib tells "too long" from "just right".
        let (plain, code) = run(&stream, bytes, room: limit + 1) { inflate(&$0, Z_FINISH) }
        guard plain.count <= limit else { throw .tooLong }
        guard code == Z_STREAM_END, stream.avail_in == 0 else { throw .malformed }
        return plain
    }
}

extension Gzip {
    /// The largest window, 15, and 16 for a gzip header (zlib.h, `deflateInit2`).
    private static let window: Int32 = 15 + 16
    private static let size = Int32(MemoryLayout<z_stream>.size)

    private static func check(_ code: Int32) throws(CompressionFailure) {
        guard code == Z_OK else { throw .library("zlib \(code)") }
    }

    /// One call over all bytes; the stream holds pointers only while it lasts.
    private static func run(
        _ stream: inout z_stream,
        _ bytes: [UInt8],
        room: Int,
        _ step: (inout z_stream) -> Int32
    ) -> (bytes: [UInt8], code: Int32) {
        var code = Z_OK
        let result = [UInt8](unsafeUninitializedCapacity: room) { output, count in
            bytes.withUnsafeBufferPointer { input in
                // zlib reads from here and never writes, but its type does not say so.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                code = step(&stream)
            }
            count = output.count - Int(stream.avail_out)
        }
        stream.next_in = nil
        stream.next_out = nil
        return (result, code)
    }
}
