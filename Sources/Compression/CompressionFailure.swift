/// Why bytes could not be coded or decoded.
package enum CompressionFailure: Error, Equatable, CustomStringConvertible {
    /// The library gave up; what it says, or the number it returned.
    case library(String)
    /// These are not the bytes of this coding, or there are more after their end.
    case malformed
    /// They would grow beyond the limit.
    case tooLong

    package var description: String {
        switch self {
        case .library(let reason): "the compression library failed: \(reason)"
        case .malformed: "not what it should be: the coded bytes are cut, damaged or followed by others"
        case .tooLong: "longer than what it was made of"
        }
    }
}
