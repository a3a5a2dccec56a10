internal import Ground

extension PageRendering {
    /// Where an address in a tag leads, checked as if it stood in a link; percent-encoded, not escaped for HTML.
    mutating func resolved(_ address: String, _ kind: Reference.Kind, at place: Place) -> String {
        var text = address
        let isUnsafe = text.withUTF8 { UnsafeAddress.matches($0) }
        guard options.rawHTML || !isUnsafe else {
            warnOfUnsafe(address, at: place)
            return ""
        }
        let reference = Reference(kind: kind, destination: address, place: place)
        references.append(reference)
        switch resolve(reference) {
        case .keep: return Self.encoded(address)
        case .replace(let address): return address
        // A template says itself how large its images are, and when they come.
        case .image(let found, _, _): return found ?? Self.encoded(address)
        case .dead(let problem, let advice):
            report(at: place, problem, advice)
            return Self.encoded(address)
        }
    }

    private static func encoded(_ address: String) -> String {
        var bytes: [UInt8] = []
        for byte in address.utf8 {
            // `&` and `'` are fit for addresses, and escaped for HTML by whoever writes them there.
            if ByteSet.urlSafe.contains(byte) || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "'") {
                bytes.append(byte)
            } else {
                bytes += "%".utf8
                bytes += (byte < 16 ? "0" : "").utf8
                bytes += String(byte, radix: 16, uppercase: true).utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func warnOfUnsafe(_ address: String, at place: Place) {
        let scheme = address.prefix { $0 != ":" }
        diagnostics.append(
            Diagnostic(
                .warning,
                at: place,
                "a link to a '\(scheme):' address is left empty",
                advice: "link to a page, or set markdown.raw_html to true in site.config"
            )
        )
    }
}
