import Glibc

/// The machine stood in the way: a disk that is full, a folder that may not be written.
///
/// Not the author's mistake, which is a `Diagnostic`.
package enum BuildFailure: Error, Equatable, CustomStringConvertible {
    /// What was tried, with which file, and the system's own word for what happened.
    case system(action: String, path: String, reason: String)
    /// The output folder is not one to build into; `advice` says what to do.
    case output(path: String, problem: String, advice: String)
    /// Another build holds the output folder.
    case busy(path: String)
    /// The finished tree is not what was meant: a mistake of this program, caught before anything was switched.
    case audit([String])

    package var description: String {
        switch self {
        case .system(let action, let path, let reason): "cannot \(action) '\(path)': \(reason)"
        case .output(let path, let problem, let advice): "'\(path)' \(problem)\n    \(advice)"
        case .busy(let path):
            "another build is writing to '\(path)'\n    wait until it is done, and build again"
        case .audit(let findings):
            "the finished release failed its audit, and is not used:\n    "
                + findings.joined(separator: "\n    ")
        }
    }
}

extension BuildFailure {
    /// The failure of the system call just made.
    static func lastError(_ action: String, _ path: String) -> BuildFailure {
        .system(action: action, path: path, reason: systemReason())
    }
}

/// What the system says of the call that just failed, such as `No space left on device`.
func systemReason() -> String { String(cString: strerror(errno)) }
