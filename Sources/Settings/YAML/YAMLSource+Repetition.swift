import Ground

extension YAMLSource {
    /// The same text with a repeated key made unreadable, and where that key stands.
    ///
    /// Yams refuses a table with a key twice and says only where the first stands. Masking the second lets the rest be
    /// read, so that an author hears of every mistake at once. Nil where it is not found, as in `{a: 1, a: 2}`.
    func maskingRepetition(of key: String, line: Int, column: Int, number: Int) -> (
        source: YAMLSource, line: Int
    )? {
        guard let mask = Self.mask(number) else { return nil }
        var later = lines.dropFirst(line)
        while let text = later.first {
            defer { later = later.dropFirst() }
            let indentation = text.unicodeScalars.prefix(column - 1)
            guard indentation.count == column - 1, indentation.allSatisfy({ $0 == " " }),
                let length = Self.lengthOfKey(key, in: text.unicodeScalars.dropFirst(column - 1))
            else { continue }
            return (
                masking(lineAt: later.startIndex, from: column - 1, length: length, with: mask),
                later.startIndex + 1
            )
        }
        return nil
    }

    /// Whether a key is one that was masked.
    static func isMask(_ key: String) -> Bool {
        key.unicodeScalars.first.map(masks.contains) ?? false
    }

    /// Private-use characters, which YAML allows and no key has.
    private static let masks: ClosedRange<Unicode.Scalar> = "\u{f000}"..."\u{f8ff}"

    private static func mask(_ number: Int) -> Unicode.Scalar? {
        Unicode.Scalar(masks.lowerBound.value + UInt32(number)).flatMap {
            masks.contains($0) ? $0 : nil
        }
    }

    /// How many characters the key takes, with its quotes; nil where the line does not begin with it.
    private static func lengthOfKey(_ key: String, in text: Substring.UnicodeScalarView) -> Int? {
        for quote in ["", "\"", "'"] {
            let written = (quote + key + quote).unicodeScalars
            guard text.starts(with: written) else { continue }
            let rest = text.dropFirst(written.count).drop { $0 == " " }
            if rest.first == ":", rest.dropFirst().first.map({ $0 == " " || $0 == "\t" }) ?? true {
                return written.count
            }
        }
        return nil
    }

    private func masking(
        lineAt position: Int,
        from start: Int,
        length: Int,
        with mask: Unicode.Scalar
    ) -> YAMLSource {
        var lines = lines.map(String.init)
        var scalars = Array(lines[position].unicodeScalars)
        scalars.replaceSubrange(start..<start + length, with: repeatElement(mask, count: length))
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        lines[position] = String(line)
        return replacing(text: lines.joined(separator: "\n"))
    }
}
