/// The words of one file, and where they stand in it.
struct SourceWords {
    private var words: [UInt64] = []
    private var ranges: [Range<Int>] = []
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var start = 0
        var word = WordBytes()
        bytes.withUnsafeBufferPointer { bytes in
            var position = 0
            while position <= bytes.count {
                let skipped = position < bytes.count ? WordBytes.punctuation(bytes, at: position) : 1
                if skipped > 0 || !word.take(bytes[position]) {
                    if let word = word.end() {
                        words.append(word)
                        ranges.append(start..<position)
                    }
                    position += max(1, skipped)
                    start = position
                } else {
                    position += 1
                }
            }
        }
    }

    /// The place where these words stand closest together, as a range of words; between them is only markup, such as a link's
    /// address.
    ///
    /// Where they stand in several, one that is `wanted`, if there is one; `gap` is how many words of markup stand between two
    /// at most.
    func find(_ sequence: [UInt64], gap: Int = 12, wanted: (Range<Int>) -> Bool = { _ in true })
        -> Range<Int>?
    {
        let places = words.indices.filter { words[$0] == sequence.first }.compactMap { start in
            end(of: sequence, from: start, gap).map { start..<($0 + 1) }
        }
        let likely = places.filter(wanted)
        return (likely.isEmpty ? places : likely).min { $0.count < $1.count }
    }

    /// In bytes.
    func range(of found: Range<Int>) -> Range<Int> {
        ranges[found.lowerBound].lowerBound..<ranges[found.upperBound - 1].upperBound
    }

    /// Counted from 1.
    func line(of found: Range<Int>) -> Int {
        bytes[..<range(of: found).lowerBound].count { $0 == 0x0a } + 1
    }

    /// On one line.
    func text(of found: Range<Int>) -> String {
        String(decoding: bytes[range(of: found)], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
            separator: " "
        )
    }

    /// Where a sequence that begins at a word ends; nil where it does not go on there.
    private func end(of sequence: [UInt64], from start: Int, _ gap: Int) -> Int? {
        var position = start
        for word in sequence.dropFirst() {
            let ahead = words[(position + 1)...].prefix(gap)
            guard let next = ahead.firstIndex(of: word) else { return nil }
            position = next
        }
        return position
    }
}
