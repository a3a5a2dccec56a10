internal import Ground

extension PageRendering {
    /// Where an address in a tag leads, checked as if it stood in a link, and what is known of an image there; percent-encoded,
    /// not escaped for HTML.
    mutating func resolved(
        _ address: String,
        _ kind: Reference.Kind,
        at place: Place
    ) -> (address: String, image: KnownImage?) {
        var text = address
        let isUnsafe = text.withUTF8 { UnsafeAddress.matches($0) }
        guard options.rawHTML || !isUnsafe else {
            warnOfUnsafe(address, at: place)
            return ("", nil)
        }
        let reference = Reference(kind: kind, destination: address, place: place)
        references.append(reference)
        switch resolve(reference) {
        case .keep: return (Self.encoded(address), nil)
        case .replace(let address): return (address, nil)
        case .image(let found, let size, let sources):
            return (found ?? Self.encoded(address), KnownImage(size: size, sources: sources))
        case .dead(let problem, let advice):
            report(at: place, problem, advice)
            return (Self.encoded(address), nil)
        }
    }

    /// What a template of a tag is given of an image besides its address, by the name of the attribute: `src_width`.
    static func values(of image: KnownImage, named name: String) -> [String: TagValue] {
        var values: [String: TagValue] = [:]
        if let size = image.size {
            values[name + "_width"] = .number(Double(size.width))
            values[name + "_height"] = .number(Double(size.height))
        }
        if !image.sources.isEmpty {
            let sources = image.sources.map { "\($0.address) \($0.width)w" }
            values[name + "_srcset"] = .text(sources.joined(separator: ", "))
        }
        return values
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
