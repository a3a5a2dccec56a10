package import Ground

extension ContentCoding {
    /// The bytes in this coding; they may be longer than they were.
    package func compress(_ bytes: [UInt8], _ effort: Effort) throws(CompressionFailure) -> [UInt8] {
        switch self {
        case .gzip: try Gzip.compress(bytes, level: effort.gzipLevel)
        case .br: try Brotli.compress(bytes, quality: effort.brotliQuality)
        }
    }

    /// What coded bytes were made of, if that is no longer than the limit, in bytes.
    package func expand(_ bytes: [UInt8], limit: Int) throws(CompressionFailure) -> [UInt8] {
        switch self {
        case .gzip: try Gzip.expand(bytes, limit: limit)
        case .br: try Brotli.expand(bytes, limit: limit)
        }
    }

    /// What the coded bytes depend on, apart from the bytes: `gzip4-1.2.13`.
    ///
    /// Fit for a file's name.
    package func recipe(_ effort: Effort) -> String {
        switch self {
        case .gzip: "gzip\(effort.gzipLevel)-\(Gzip.version)"
        case .br: "br\(effort.brotliQuality)-\(Brotli.version)"
        }
    }
}
