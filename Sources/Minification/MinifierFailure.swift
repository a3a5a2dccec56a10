/// Why files could not be made shorter.
package enum MinifierFailure: Error, Equatable, CustomStringConvertible {
    /// A file that the program does not understand.
    package struct Refusal: Equatable, Sendable {
        /// Its name in the folder.
        package let file: String
        /// In the program's words.
        package let problem: String
        /// Counted from 1; nil where the program does not say.
        package let line: Int?
        package let column: Int?
    }

    /// It is not there, cannot be started, or is another program.
    case start(String)
    /// It took too long, and was ended.
    case silent
    /// Never empty.
    case refused([Refusal])
    /// It failed otherwise; what it said.
    case broken(String)

    package var description: String {
        switch self {
        case .start(let why): why
        case .silent: "minify did not end in time"
        case .refused(let refusals): refusals.map { "\($0.file): \($0.problem)" }.joined(separator: "; ")
        case .broken(let said): "minify failed: \(said)"
        }
    }
}
