package import HTTPTypes

/// Which bytes of a file a request asks for (RFC 9110 §14).
package enum ByteRange: Equatable, Sendable {
    /// All: no range was asked for, or none that we serve.
    case whole
    case part(ClosedRange<Int>)
    case unsatisfiable

    /// Reads one range of bytes.
    ///
    /// Several at once are answered with the whole, as §14.2 allows: nobody needs them here, and they are a
    /// known way to make a server work.
    package static func requested(
        by fields: HTTPFields,
        method: HTTPRequest.Method,
        of length: Int,
        validator: String
    ) -> ByteRange {
        guard method == .get, let text = fields[.range], text.hasPrefix("bytes=") else { return .whole }
        if let condition = fields[.ifRange], condition != validator { return .whole }
        let ends = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return .whole }
        let (first, last) = (ends[0].trimmingSpaces, ends[1].trimmingSpaces)
        guard first.allSatisfy(\.isASCIIDigit), last.allSatisfy(\.isASCIIDigit),
            !(first.isEmpty && last.isEmpty),
            first.count < 19, last.count < 19
        else { return .whole }
        if first.isEmpty { return suffix(Int(last) ?? 0, of: length) }
        let start = Int(first) ?? 0
        let end = min(Int(last) ?? (length - 1), length - 1)
        if !last.isEmpty, let asked = Int(last), asked < start { return .whole }
        return start < length && start <= end ? .part(start...end) : .unsatisfiable
    }
}

extension ByteRange {
    private static func suffix(_ count: Int, of length: Int) -> ByteRange {
        count > 0 && length > 0 ? .part(max(0, length - count)...(length - 1)) : .unsatisfiable
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
