import Foundation

/// The cases of a text file in `Tests/Fixtures`, one a line.
///
/// Empty lines and lines that begin with `# ` are left out; `{09}` is the byte with that hexadecimal number.
func fixtureLines(_ name: String, here: String = #filePath) -> [String] {
    let file = URL(filePath: here).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/\(name)")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").filter { !$0.hasPrefix("# ") }.map { line in
        var bytes: [UInt8] = []
        var rest = Array(line.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "{"), rest.count > 2, rest[rest.startIndex + 2] == UInt8(ascii: "}"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
