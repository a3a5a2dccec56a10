import HTTPTypes

/// In what the body of a request is wrapped on its way (RFC 9112 §6.1): in nothing, or in chunks, and in nothing else.
///
/// The decoder unwraps chunks and passes over what else is named before them, so a form would be read as it is on the
/// wire, still compressed; and `identity, chunked` has passed proxies that took it for no chunks at all. Such a request is
/// the last of its connection.
enum TransferCoding {
    /// Whether the values of `Transfer-Encoding` name no more than chunks.
    static func isKnown(_ codings: [String]) -> Bool {
        codings.isEmpty || codings.count == 1 && codings[0].trimmingSpaces.lowercased() == "chunked"
    }

    static func check(_ fields: HTTPFields) throws(Problem) {
        guard isKnown(fields[values: .transferEncoding]) else { throw .malformed }
    }
}
