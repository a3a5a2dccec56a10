/// zlib's own format (RFC 1950), in which other formats hold parts of their files.
package enum ZlibStream {
    /// What the bytes were made of, if that is no longer than the limit, in bytes.
    package static func expand(_ bytes: [UInt8], limit: Int) throws(CompressionFailure) -> [UInt8] {
        try Gzip.expand(bytes, limit: limit, window: 15)
    }
}
