/// What Appwrite takes as an id: 1 to 36 letters, digits, `.`, `_` and `-`, with a letter or digit first.
///
/// Such a text can stand in a URL's path as it is, and can never be `.` or `..`.
enum Identifier {
    static func isValid(_ text: String) -> Bool {
        guard 1...36 ~= text.utf8.count, let first = text.utf8.first, isAlphanumeric(first) else {
            return false
        }
        return text.utf8.allSatisfy { isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    /// The text as a path segment; `what` names it in the error.
    static func segment(_ text: String, _ what: String) throws(AppwriteFailure) -> String {
        guard isValid(text) else { throw .argumentInvalid("the \(what) is not one that Appwrite gives out") }
        return text
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
