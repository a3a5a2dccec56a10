import HTTPTypes

/// Collects the header lines of a response as libcurl hands them over.
struct ResponseHead {
    private(set) var fields = HTTPFields()
    private(set) var reason = ""
    /// After the empty line; what follows is the head of the next response (after a 1xx), or a trailer.
    private(set) var isComplete = false

    /// Takes one line with its line end.
    mutating func add(_ line: some Collection<UInt8>) {
        let text = Self.trimmed(String(decoding: line, as: UTF8.self)[...])
        if text.hasPrefix("HTTP/") {
            let parts = text.split(separator: " ", maxSplits: 2)
            self = ResponseHead()
            reason = parts.count == 3 ? String(parts[2]) : ""
        } else if text.isEmpty {
            isComplete = true
        } else if !isComplete {
            addField(text)
        }
    }

    /// A line without a name, such as a folded one (RFC 9112 §5.2), is left out: nothing that we read is ever folded.
    private mutating func addField(_ line: Substring) {
        guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) else {
            return
        }
        let value = Self.trimmed(line[line.index(after: colon)...])
        fields.append(HTTPField(name: name, value: String(value)))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let head = text.drop { $0.isWhitespace }
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return head[...last]
    }
}
