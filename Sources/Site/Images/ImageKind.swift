/// A kind of image, known by the first bytes of its files.
enum ImageKind: String {
    case png = "PNG"
    case jpeg = "JPEG"
    case gif = "GIF"
    case webp = "WebP"
    case svg = "SVG"

    /// By the beginning of a file; nil for what is none of these.
    init?(_ bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
            self = .png
        } else if bytes.starts(with: [0xff, 0xd8, 0xff]) {
            self = .jpeg
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            self = .gif
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if SVGHeader.isSVG(bytes) {
            self = .svg
        } else {
            return nil
        }
    }

    /// By a media type; nil for any other, and for images of which the first bytes are not looked at.
    init?(mediaType: String) {
        switch mediaType.prefix(while: { $0 != ";" }) {
        case "image/png": self = .png
        case "image/jpeg": self = .jpeg
        case "image/gif": self = .gif
        case "image/webp": self = .webp
        case "image/svg+xml": self = .svg
        default: return nil
        }
    }

    /// What its files' names end in.
    var ending: String { self == .jpeg ? "jpg" : rawValue.lowercased() }

    /// As in `a PNG image`.
    var words: String { (self == .svg ? "an " : "a ") + rawValue + " image" }
}
