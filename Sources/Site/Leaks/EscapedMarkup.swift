/// The text of XML with its entities resolved, which in a feed is HTML.
enum EscapedMarkup {
    /// Nil where there is no `&lt;`, and so no markup within the markup.
    static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var hasMarkup = false
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == UInt8(ascii: "&"),
                let (entity, character) = entities.first(where: { bytes[position...].starts(with: $0.0) })
            else {
                result.append(byte)
                position += 1
                continue
            }
            hasMarkup = hasMarkup || character == UInt8(ascii: "<")
            result.append(character)
            position += entity.count
        }
        return hasMarkup ? result : nil
    }

    private static let entities: [([UInt8], UInt8)] = [
        ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"),
        ("&#60;", "<"), ("&#x3c;", "<"), ("&#x3C;", "<"), ("&#62;", ">"), ("&#34;", "\""),
    ].map { (Array($0.utf8), UInt8(ascii: $1)) }
}
