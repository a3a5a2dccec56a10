import CBrotli

/// Brotli (RFC 7932) by libbrotli.
enum Brotli {
    static var version: String {
        let version = BrotliEncoderVersion()
        return "\(version >> 24).\((version >> 12) & 0xfff).\(version & 0xfff)"
    }

    static func compress(_ bytes: [UInt8], quality: Int32) throws(CompressionFailure) -> [UInt8] {
        var done = false
        let coded = [UInt8](
            unsafeUninitializedCapacity: max(16, BrotliEncoderMaxCompressedSize(bytes.count))
        ) { output, count in
            var length = output.count
            let code = bytes.withUnsafeBufferPointer { input in
                BrotliEncoderCompress(
                    quality,
                    BROTLI_DEFAULT_WINDOW,
                    BROTLI_MODE_TEXT,
                    input.count,
                    input.baseAddress,
                    &length,
                    output.baseAddress
                )
            }
            done = code == BROTLI_TRUE
            count = done ? length : 0
        }
        guard done else { throw .library("libbrotli cannot encode \(bytes.count) bytes") }
        return coded
    }

    static func expand(_ bytes: [UInt8], limit: Int) throws(CompressionFailure) -> [UInt8] {
        guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { throw .library("no memory") }
        defer { BrotliDecoderDestroyInstance(state) }
        var result = BROTLI_DECODER_RESULT_ERROR
        var rest = bytes.count
        let plain = [UInt8](unsafeUninitializedCapacity: limit + 1) { output, count in
            var room = output.count
            bytes.withUnsafeBufferPointer { input in
                var next = input.baseAddress
                var free = output.baseAddress
                result = BrotliDecoderDecompressStream(state, &rest, &next, &room, &free, nil)
            }
            count = output.count - room
        }
        guard plain.count <= limit else { throw .tooLong }
        guard result == BROTLI_DECODER_RESULT_SUCCESS, rest == 0 else { throw .malformed }
        return plain
    }
}
