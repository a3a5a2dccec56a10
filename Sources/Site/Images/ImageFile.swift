import Ground
import Markdown

/// What the beginning of an image's file tells.
struct ImageFile {
    /// Nil where it is no image, or one of a kind that is not known here.
    let kind: ImageKind?
    /// Nil where none is told.
    let size: ImageSize?
    /// Whether the size is not where it must be.
    let isBroken: Bool

    /// How much is read before the search is given up; photographs may carry much before their size.
    private static let stages = [4 << 10, 64 << 10, 1 << 20]

    /// Nil where the file cannot be read, which is told when it is copied.
    init?(reading path: String) {
        guard let file = try? OpenFile(reading: path) else { return nil }
        var bytes: [UInt8] = []
        var reading = ImageHeader.Reading.unknown
        var isWhole = false
        for stage in Self.stages {
            guard let more = try? file.read(upTo: stage - bytes.count) else { return nil }
            bytes += more
            reading = ImageHeader.read(bytes)
            isWhole = bytes.count < stage
            if reading != .needsMore || isWhole { break }
        }
        kind = ImageKind(bytes)
        if case .size(let size) = reading { self.size = size } else { size = nil }
        // An SVG need not tell a size.
        isBroken = size == nil && kind != nil && kind != .svg && (reading == .unknown || isWhole)
    }

    /// What is wrong with showing it under a name; nil where a browser will most likely show it.
    func problem(named path: String) -> (problem: String, advice: String)? {
        let name = String(path.split(separator: "/").last ?? "")
        let type = MediaType.of(name)
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        guard type.hasPrefix("image/") else {
            guard let kind else { return ("'\(name)' is no picture", "link to it, without the '!'") }
            return (
                "the name of '\(name)' does not say that it is \(kind.words)",
                "call it '\(stem).\(kind.ending)'"
            )
        }
        let anew = "save the picture anew"
        let named = ImageKind(mediaType: type)
        if let kind, kind != named {
            let said = named?.rawValue ?? name.dropFirst(stem.count + 1).uppercased()
            return (
                "'\(name)' is \(kind.words), though its name says \(said)", "call it '\(stem).\(kind.ending)'"
            )
        }
        if let named, kind == nil { return ("'\(name)' is no \(named.rawValue) image", anew) }
        if let kind, isBroken { return ("the \(kind.rawValue) image '\(name)' is broken", anew) }
        return nil
    }
}
