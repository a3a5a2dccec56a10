import Foundation
import FuzzProperties
import Testing

/// One case of a file of hostile input in `Tests/Fixtures`, which grows by a line for each new trick.
///
/// Columns are parted by ` | `: what must come of it, then what is sent. There `\r`, `\n`, `\t`, `\\` and `\xNN` are bytes,
/// `{300*a=b; }` is a text three hundred times, and `{word}` is what the test knows by that word.
struct HostileLine: Sendable, CustomStringConvertible {
    let columns: [String]

    var description: String { columns.joined(separator: " | ") }

    /// The lines of a file; empty ones and comments, which begin with `# `, are left out.
    static func all(in name: String) throws -> [HostileLine] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/\(name).txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("# ") }
            .map { HostileLine(columns: $0.split(separator: " | ").map(String.init)) }
    }

    /// A column as it is sent; one that is not there is empty.
    func bytes(_ column: Int, _ words: [String: String] = [:]) throws -> [UInt8] {
        guard columns.indices.contains(column) else { return [] }
        let filled = words.reduce(columns[column]) { $0.replacing("{\($1.key)}", with: $1.value) }
        let whole = filled.replacing(#/\{([0-9]+)\*([^{}]*)\}/#) { match in
            String(repeating: String(match.output.2), count: Int(match.output.1) ?? 0)
        }
        return try #require(EscapedLine.bytes(of: whole), "no such escape: \(self)")
    }
}
