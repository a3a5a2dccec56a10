/// A text that must never be printed: an API key, a session secret, a password.
///
/// Whatever prints, logs, dumps or mirrors it shows `<hidden>`. Only `revealed` gives the text, so that a search for
/// that word finds every place where a secret leaves the program. It is not `Encodable` on purpose.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text itself; for a request, a cookie or a hash, and for nothing else.
    package let revealed: String

    package init(_ text: String) {
        revealed = text
    }

    package var isEmpty: Bool { revealed.isEmpty }
    package var description: String { "<hidden>" }
    package var debugDescription: String { "<hidden>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Secret: Equatable {
    /// Takes the same time wherever two texts of one length first differ.
    package static func == (left: Secret, right: Secret) -> Bool {
        let (left, right) = (Array(left.revealed.utf8), Array(right.revealed.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
