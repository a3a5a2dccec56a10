package import Ground

/// The same content in a content coding, as a file beside the route's own and in the same tree.
package struct Twin: Hashable, Codable, Sendable {
    package let coding: ContentCoding
    /// Below the tree of its route.
    package let file: String
    /// In bytes, as they are sent.
    package let length: Int
    /// SHA-256 of the coded bytes, as 64 hexadecimal digits.
    package let digest: String

    package init(coding: ContentCoding, file: String, length: Int, digest: String) {
        self.coding = coding
        self.file = file
        self.length = length
        self.digest = digest
    }
}

extension Route {
    /// Every file of it, all in the tree of its visibility, without those of its other renderings; a redirect has none.
    package var files: [String] { kind == .redirect ? [] : [file] + (twins ?? []).map(\.file) }
}
