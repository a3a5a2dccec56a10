internal import Ground

extension PageRendering {
    /// Warns of what is left of references in a text: a note that is defined has taken its own.
    mutating func reportMissingNotes(in node: Node) {
        guard options.dialect.contains(.gfm), node.literal.contains(UInt8(ascii: "[")) else { return }
        var literal = Array(node.literal)[...]
        var place: (line: Int, byte: Int)?
        while let label = Self.reference(in: &literal) {
            if place == nil { place = locate(node) }
            guard let start = place, let found = find(label, from: start) else { return }
            place = (found.line, found.byte + 1)
            let name = String(decoding: label, as: UTF8.self)
            // Of labels so short each is near each.
            let near = name.count > 2 ? Suggestion.nearest(to: name, in: noteLabels) : nil
            diagnostics.append(
                Diagnostic(
                    .warning,
                    at: places.place(line: found.line, byte: found.byte),
                    "there is no footnote '\(name)'",
                    advice: near.map { "did you mean '[^\($0)]'?" }
                        ?? "define it in a line '[^\(name)]: …' outside of quotes, lists and tables, or write \\[^\(name)] for the characters"
                )
            )
        }
    }

    /// The label of the next `[^label]` in a text, which goes on behind it.
    private static func reference(in text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        while let start = text.firstIndex(of: UInt8(ascii: "[")) {
            text = text[(start + 1)...]
            guard text.first == UInt8(ascii: "^") else { continue }
            let label = text.dropFirst().prefix {
                $0 > 0x20 && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]")
            }
            guard !label.isEmpty, text[label.endIndex...].first == UInt8(ascii: "]") else { continue }
            text = text[label.endIndex...]
            return label
        }
        return nil
    }

    /// Where it stands in the source from a place on, not escaped; nil where it is written otherwise, as with an escape.
    private func find(_ label: ArraySlice<UInt8>, from start: (line: Int, byte: Int)) -> (
        line: Int, byte: Int
    )? {
        let wanted = Array("[^".utf8) + label + [UInt8(ascii: "]")]
        let line = source.range(ofLine: start.line)
        var position = max(start.byte, line.lowerBound)
        while position + wanted.count <= line.upperBound {
            if source.bytes[position] == UInt8(ascii: "\\") {
                position += 2
            } else if source.bytes[position..<position + wanted.count].elementsEqual(wanted) {
                return (start.line, position)
            } else {
                position += 1
            }
        }
        return nil
    }
}
