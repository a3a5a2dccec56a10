/// What a word says: plain text, in which `{{name}}` stands for a value of the template around it.
package struct WordText: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case text(String)
        case value(String)
    }

    let pieces: [Piece]
    /// As it was written, each run of blanks as one; those that do not break stay.
    package let written: String

    /// Nil where it is empty, or has braces that are no value.
    package init?(_ text: String) {
        written = text.split { " \t\r\n".contains($0) }.joined(separator: " ")
        var pieces: [Piece] = []
        var rest = written[...]
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else { return nil }
            let name = rest[start.upperBound..<end.lowerBound].filter { $0 != " " }
            guard Self.isName(name) else { return nil }
            if rest.startIndex < start.lowerBound {
                pieces.append(.text(String(rest[..<start.lowerBound])))
            }
            pieces.append(.value(name))
            rest = rest[end.upperBound...]
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        let isClean = pieces.allSatisfy {
            if case .text(let text) = $0 { !text.contains { "{}".contains($0) } } else { true }
        }
        guard isClean, !pieces.isEmpty else { return nil }
        self.pieces = pieces
    }

    /// The values that it shows.
    package var values: [String] {
        pieces.compactMap { if case .value(let name) = $0 { name } else { nil } }
    }

    /// Stands for the number that a word is counted by.
    package static let count = "count"

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                    || "._-".utf8.contains(byte)
            }
    }
}

extension WordText {
    /// As a part of a template.
    func source(counting number: String?) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text):
                var bytes: [UInt8] = []
                HTMLEscaping.append(text, to: &bytes)
                return String(decoding: bytes, as: UTF8.self)
            case .value(let name): return "{{\(name == Self.count ? number ?? name : name)}}"
            }
        }.joined()
    }

    /// With its values filled in; one that is not known is left out.
    func filled(_ values: [String: String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .value(let name): values[name] ?? ""
            }
        }.joined()
    }
}
