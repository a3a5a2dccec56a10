internal import Ground

extension PageRendering {
    mutating func write(link step: TreeWalk.Step) {
        guard step.isEntering else {
            html.markup("</a>")
            return
        }
        html.markup("<a href=\"")
        write(destinationOf: step.node, .link)
        write(titleOf: step.node)
        html.markup("\">")
    }

    mutating func open(image node: Node) {
        html.markup("<img src=\"")
        write(destinationOf: node, .image)
        html.markup("\" alt=\"")
        image = node
    }

    mutating func close(image node: Node) {
        image = nil
        write(titleOf: node)
        html.markup("\"")
        if let known = knownImage {
            write(known.sources)
            if let size = known.size { write(size) }
            html.markup(" loading=\"lazy\" decoding=\"async\"")
            knownImage = nil
        }
        html.markup(" />")
    }

    /// What a browser chooses by the room that the image has: it knows once the page is laid out (`auto`), or is told the
    /// width of a column of text.
    private mutating func write(_ sources: [ImageSource]) {
        guard !sources.isEmpty else { return }
        html.markup(" srcset=\"")
        for (position, source) in sources.enumerated() {
            if position > 0 { html.markup(", ") }
            html.text(source.address)
            html.markup(" ")
            html.number(source.width)
            html.markup("w")
        }
        html.markup("\" sizes=\"auto, (min-width: 50em) 46em, 100vw\"")
    }

    private mutating func write(_ size: ImageSize) {
        html.markup(" width=\"")
        html.number(size.width)
        html.markup("\" height=\"")
        html.number(size.height)
        html.markup("\"")
    }

    private mutating func write(titleOf node: Node) {
        guard !node.title.isEmpty else { return }
        html.markup("\" title=\"")
        withAuthorsBytes(of: node.title) { $0.html.text($1) }
    }

    private mutating func write(destinationOf node: Node, _ kind: Reference.Kind) {
        withAuthorsBytes(of: node.url) { $0.write(destination: $1, of: node, kind) }
    }

    private mutating func write(
        destination url: UnsafeBufferPointer<UInt8>,
        of node: Node,
        _ kind: Reference.Kind
    ) {
        let place = place(of: node)
        guard options.rawHTML || !UnsafeAddress.matches(url) else {
            warnOfUnsafeAddress(url, at: place)
            return
        }
        let reference = Reference(kind: kind, destination: String(decoding: url, as: UTF8.self), place: place)
        references.append(reference)
        switch resolve(reference) {
        case .keep: html.address(url)
        case .replace(let address): html.text(address)
        case .image(let address, let size, let sources):
            if let address { html.text(address) } else { html.address(url) }
            if kind == .image { knownImage = KnownImage(size: size, sources: sources) }
        case .dead(let problem, let advice):
            html.address(url)
            diagnostics.append(Diagnostic(at: place, problem, advice: advice))
        }
    }

    private mutating func warnOfUnsafeAddress(_ url: UnsafeBufferPointer<UInt8>, at place: Place) {
        let scheme = String(decoding: url.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
        let problem = "a link to a '\(scheme):' address is left empty"
        let advice = "link to a page, or set markdown.raw_html to true in site.config"
        diagnostics.append(Diagnostic(.warning, at: place, problem, advice: advice))
    }
}

/// Addresses that run script or read the reader's own files.
enum UnsafeAddress {
    /// `javascript:`, `vbscript:`, `file:`, and `data:` but for PNG, GIF, JPEG and WebP images, in any letter case.
    static func matches(_ url: UnsafeBufferPointer<UInt8>) -> Bool {
        switch url.first {
        case UInt8(ascii: "j"), UInt8(ascii: "J"): begins(url, "javascript:")
        case UInt8(ascii: "v"), UInt8(ascii: "V"): begins(url, "vbscript:")
        case UInt8(ascii: "f"), UInt8(ascii: "F"): begins(url, "file:")
        case UInt8(ascii: "d"), UInt8(ascii: "D"):
            begins(url, "data:") && !images.contains { begins(url, $0) }
        default: false
        }
    }

    private static let images = ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp"]

    private static func begins(_ url: UnsafeBufferPointer<UInt8>, _ prefix: String) -> Bool {
        url.lazy.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
            .starts(with: prefix.utf8)
    }
}
