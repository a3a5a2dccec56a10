import Glibc
import Ground

/// The bytes of one Markdown file, known to be UTF-8 without NULs, parted into front matter and text.
struct SourceText {
    /// In which language front matter is written, as the file's first line says.
    enum Format {
        /// Between lines `---`.
        case yaml
        /// Between lines `+++`.
        case toml
        /// From a line `{` to a line `}`, which belong to it.
        case json
    }

    /// Without the lines around it, but for JSON; nil where there is none.
    let frontMatter: String?
    let format: Format
    let body: String
    /// The line of the file on which `body` begins, counted from 1.
    ///
    /// Front matter begins on line 2.
    let bodyLine: Int

    init(_ bytes: [UInt8], file: String) throws(Diagnostic) {
        let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
        if let position = bytes.firstNUL {
            throw Diagnostic(
                at: Self.place(of: position, in: bytes, file: file),
                "there is a NUL in this text",
                advice: "is this a text at all? save it as UTF-8 in your editor"
            )
        }
        let parts = try Self.parts(of: bytes, file: file)
        guard let body = String(validating: bytes[parts.body...], as: UTF8.self),
            let frontMatter = Self.text(bytes, parts.frontMatter)
        else {
            throw Diagnostic(
                at: Self.place(of: Self.firstInvalid(in: bytes), in: bytes, file: file),
                "this is not UTF-8",
                advice: "save the file as UTF-8 in your editor"
            )
        }
        self.frontMatter = parts.frontMatter == nil ? nil : frontMatter
        self.body = body
        bodyLine = parts.bodyLine
        format = parts.format
    }
}

extension SourceText {
    private struct Parts {
        var frontMatter: Range<Int>?
        var format = Format.yaml
        var body: Int
        var bodyLine = 1
    }

    /// Finds the front matter between two lines, of which the first is the file's first.
    private static func parts(of bytes: ArraySlice<UInt8>, file: String) throws(Diagnostic) -> Parts {
        var line = nextLine(bytes, from: bytes.startIndex)
        guard let format = format(of: bytes[line.text]) else {
            try refuseMisplacedFence(bytes, file: file)
            return Parts(body: bytes.startIndex)
        }
        let start = format == .json ? bytes.startIndex : line.next
        var number = 1
        while line.next < bytes.endIndex {
            line = nextLine(bytes, from: line.next)
            number += 1
            if isFence(bytes[line.text], format.end) {
                return Parts(
                    frontMatter: start..<(format == .json ? line.next : line.text.lowerBound),
                    format: format,
                    body: line.next,
                    bodyLine: number + 1
                )
            }
        }
        throw Diagnostic(
            at: Place(file: file, line: 1, column: 1),
            "the front matter never ends",
            advice: "close it with a line '\(format.end)'"
        )
    }

    /// Front matter that is not on the first line would be shown as text, and not be obeyed: `visibility` above all.
    private static func refuseMisplacedFence(_ bytes: ArraySlice<UInt8>, file: String) throws(Diagnostic) {
        guard let first = bytes.firstIndex(where: { !isBlank($0) && $0 != 0x0a }) else { return }
        let lineStart = bytes[..<first].lastIndex(of: 0x0a).map { $0 + 1 } ?? bytes.startIndex
        let text = bytes[nextLine(bytes, from: lineStart).text].drop(while: isBlank)
        let place = place(of: first, in: bytes, file: file)
        if let format = format(of: text) {
            throw Diagnostic(
                at: place,
                "front matter begins on the first line, without blanks before it",
                advice: format == .yaml
                    ? "move the '---' there, or write '***' where a line across the page is meant"
                    : "move it there"
            )
        }
        // `{"visibility": "private"}` would be shown, too.
        if text.first == UInt8(ascii: "{"),
            text.dropFirst().first(where: { !isBlank($0) }) == UInt8(ascii: "\"")
        {
            throw Diagnostic(
                at: place,
                "front matter in JSON begins with a line that holds '{' only",
                advice: "put what follows on a line of its own, and the closing '}' as well"
            )
        }
    }

    private static func nextLine(_ bytes: ArraySlice<UInt8>, from start: Int) -> (text: Range<Int>, next: Int)
    {
        let end = bytes[start...].firstIndex(of: 0x0a) ?? bytes.endIndex
        return (start..<end, min(end + 1, bytes.endIndex))
    }

    private static func format(of line: ArraySlice<UInt8>) -> Format? {
        [Format.yaml, .toml, .json].first { isFence(line, $0.start) }
    }

    private static func isFence(_ line: ArraySlice<UInt8>, _ fence: String) -> Bool {
        line.starts(with: fence.utf8) && line.dropFirst(fence.utf8.count).allSatisfy(isBlank)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

    private static func text(_ bytes: ArraySlice<UInt8>, _ range: Range<Int>?) -> String? {
        range.map { String(validating: bytes[$0], as: UTF8.self) } ?? ""
    }

    /// The longest valid beginning ends here.
    private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int {
        var (low, high) = (bytes.startIndex, bytes.endIndex)
        while low < high {
            let middle = low + (high - low + 1) / 2
            if validEnd(of: bytes[..<middle]) != nil { low = middle } else { high = middle - 1 }
        }
        return validEnd(of: bytes[..<low]) ?? low
    }

    /// Where a beginning is valid, apart from up to three bytes of a character that it may cut.
    private static func validEnd(of bytes: ArraySlice<UInt8>) -> Int? {
        (0..<4).first { cut in
            cut <= bytes.count && String(validating: bytes.dropLast(cut), as: UTF8.self) != nil
        }.map { bytes.endIndex - $0 }
    }

    private static func place(of position: Int, in bytes: ArraySlice<UInt8>, file: String) -> Place {
        let before = bytes[..<position]
        let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? bytes.startIndex
        return Place(
            file: file,
            line: before.count { $0 == 0x0a } + 1,
            column: String(decoding: bytes[lineStart..<position], as: UTF8.self).count + 1
        )
    }
}

extension SourceText.Format {
    fileprivate var start: String {
        switch self {
        case .yaml: "---"
        case .toml: "+++"
        case .json: "{"
        }
    }

    fileprivate var end: String { self == .json ? "}" : start }
}

extension ArraySlice<UInt8> {
    fileprivate var firstNUL: Int? {
        withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, let found = memchr(start, 0, bytes.count) else { return nil }
            return startIndex + start.distance(to: found)
        }
    }
}
