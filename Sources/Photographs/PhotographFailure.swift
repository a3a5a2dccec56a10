/// Why no image could be made of a photograph.
package enum PhotographFailure: Error, Equatable, CustomStringConvertible {
    /// What the library says.
    case library(String)
    /// It has more pixels than are decoded.
    case tooLarge(width: Int, height: Int)

    package var description: String {
        switch self {
        case .library(let reason): reason
        case .tooLarge(let width, let height): "\(width) by \(height) pixels are more than are decoded"
        }
    }
}
