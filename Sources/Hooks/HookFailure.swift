import Glibc

/// Why something that hooks keep on the disk cannot be kept there.
package struct HookFailure: Error, Equatable, CustomStringConvertible {
    package let description: String

    /// After a call of the system failed: says what was to be done, and the system's reason.
    init(doing action: String, _ path: String) {
        description = "cannot \(action) '\(path)': \(String(cString: strerror(errno)))"
    }
}
