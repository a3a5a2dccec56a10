package import HTTPTypes

/// Conditional requests (RFC 9110 §13).
package enum Conditional {
    /// Whether the sender already has the bytes with this validator.
    ///
    /// Weak comparison, as `If-None-Match` asks for (§13.1.2). There are no dates: a release says what a file holds,
    /// not when it was written.
    package static func isUnchanged(_ validator: String, for fields: HTTPFields) -> Bool {
        guard let wanted = fields[.ifNoneMatch] else { return false }
        return wanted.split(separator: ",").contains { candidate in
            let candidate = candidate.trimmingSpaces
            return candidate == "*" || candidate == validator
                || candidate.dropFirst(2) == validator && candidate.hasPrefix("W/")
        }
    }
}

extension StringProtocol {
    /// Without the blanks and tabs around it, which is all the white space that a header field has (RFC 9110 §5.6.3).
    var trimmingSpaces: SubSequence {
        var text = self[...]
        while let first = text.first, first == " " || first == "\t" { text = text.dropFirst() }
        while let last = text.last, last == " " || last == "\t" { text = text.dropLast() }
        return text
    }
}
