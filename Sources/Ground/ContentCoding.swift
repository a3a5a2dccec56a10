/// A way of making a file smaller on its way to a browser (RFC 9110 §8.4.1).
package enum ContentCoding: String, CaseIterable, Codable, Sendable {
    case gzip
    /// Brotli (RFC 7932).
    case br

    /// What the name of a file in this coding ends in, after the name of the file it was made of: `.gz`.
    package var ending: String {
        switch self {
        case .gzip: ".gz"
        case .br: ".br"
        }
    }
}
