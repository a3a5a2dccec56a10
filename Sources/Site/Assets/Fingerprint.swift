import Ground

/// An asset's bytes and the name that changes with them.
struct Fingerprint: Hashable, Sendable {
    let digest: FileDigest
    /// Where pages refer to it.
    let path: PagePath

    /// `/img/plan.svg` and a mark become `/img/plan.<mark>.svg`; nil where that is too long for an address.
    init?(_ plain: PagePath, digest: FileDigest, mark: String) {
        let text = plain.text
        let name = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
        // A dot at the beginning of a name begins no ending.
        let dot = text[name...].dropFirst().lastIndex(of: ".") ?? text.endIndex
        guard let path = PagePath("\(text[..<dot]).\(mark)\(text[dot...])") else { return nil }
        self.digest = digest
        self.path = path
    }

    /// For everyone's files: the beginning of their SHA-256.
    init?(_ plain: PagePath, digest: FileDigest) {
        self.init(plain, digest: digest, mark: String(digest.hex.prefix(16)))
    }

    /// The last part of the path, spelled for a URL.
    var encodedName: Substring { path.encoded.split(separator: "/").last ?? "" }
}
