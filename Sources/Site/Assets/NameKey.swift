import Crypto
import Glibc

/// The secret by which private files get names that nobody can guess.
///
/// It belongs to the output folder, is made by its first build, and never leaves that machine: servers do not need it. With
/// another key the same site has other names for its private files, and nothing else.
struct NameKey: Sendable {
    private let secret: String
    private let path: String
    private let isNew: Bool

    /// Reads the key of an output folder, or makes one up; nothing is written yet.
    init(output: String) throws(BuildFailure) {
        path = output + "/.name-key"
        if Folder.kind(of: path) != nil {
            secret = String(decoding: try OpenFile(reading: path).readAll(), as: UTF8.self)
            isNew = false
            guard secret.utf8.count >= Self.length else {
                throw .output(
                    path: path,
                    problem: "is too short for a key",
                    advice: "remove it; the next build makes a new one"
                )
            }
        } else {
            var random = SystemRandomNumberGenerator()
            let bytes = (0..<(Self.length / 2)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            secret = FileDigest.hex(bytes)
            isNew = true
        }
    }

    /// Keeps a new key for the builds to come; the caller holds the folder's lock.
    func keep() throws(BuildFailure) {
        guard isNew else { return }
        // Another build has made its own since this one looked, and the names of the two would not agree.
        guard Folder.kind(of: path) == nil else { throw .busy(path: path) }
        let file = try OpenFile(creating: path, mode: 0o600)
        try file.write(Array(secret.utf8))
        try file.sync()
    }

    /// 32 hexadecimal digits that nobody finds without the key, even who knows the bytes.
    func mark(of path: String, _ digest: FileDigest) -> String {
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        code.update(data: Array("\(path)\u{0}\(digest.hex)".utf8))
        return FileDigest.hex(Array(code.finalize().prefix(16)))
    }

    /// In hexadecimal digits.
    private static let length = 64
}
