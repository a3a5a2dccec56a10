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
        if Self.saysNothing(parts.frontMatter.map { bytes[$0] } ?? []) {
            try StrayFrontMatter.refuse(in: body, file: file, firstLine: bodyLine)
        }
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
        guard let format = format(of: bytes[line.text]) else { return Parts(body: bytes.startIndex) }
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
            advice: format == .yaml
                ? "close it with a line '---', or write '***' where a line across the page is meant"
                : "close it with a line '\(format.end)'"
        )
    }

    /// Lines end with LF, CR or CRLF, as they do in YAML and in CommonMark.
    private static func nextLine(_ bytes: ArraySlice<UInt8>, from start: Int) -> (text: Range<Int>, next: Int)
    {
        guard let end = bytes[start...].firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) else {
            return (start..<bytes.endIndex, bytes.endIndex)
        }
        let isPair = bytes[end] == 0x0d && end + 1 < bytes.endIndex && bytes[end + 1] == 0x0a
        return (start..<end, end + (isPair ? 2 : 1))
    }

    private static func format(of line: ArraySlice<UInt8>) -> Format? {
        [Format.yaml, .toml, .json].first { isFence(line, $0.start) }
    }

    private static func isFence(_ line: ArraySlice<UInt8>, _ fence: String) -> Bool {
        line.starts(with: fence.utf8) && line.dropFirst(fence.utf8.count).allSatisfy(isBlank)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// Whether there is no front matter, or nothing in it but comments.
    private static func saysNothing(_ frontMatter: ArraySlice<UInt8>) -> Bool {
        var start = frontMatter.startIndex
        while start < frontMatter.endIndex {
            let line = nextLine(frontMatter, from: start)
            let first = frontMatter[line.text].first { !isBlank($0) }
            guard first == nil || first == UInt8(ascii: "#") else { return false }
            start = line.next
        }
        return true
    }

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
        var (number, start) = (1, bytes.startIndex)
        while true {
            let line = nextLine(bytes, from: start)
            guard line.next <= position, line.next > line.text.upperBound else { break }
            (number, start) = (number + 1, line.next)
        }
        let column = String(decoding: bytes[start..<position], as: UTF8.self).count + 1
        return Place(file: file, line: number, column: column)
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
