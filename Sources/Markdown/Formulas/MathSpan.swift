/// A formula in the text: `$…$`, or `$$…$$` on lines of its own.
struct MathSpan {
    /// The byte of its first `$`.
    let start: Int
    /// The bytes between the dollar signs, a range for each line.
    let lines: [Range<Int>]
    let isDisplay: Bool
    /// All of its bytes, a range for each line, dollar signs too.
    let whole: [Range<Int>]

    /// The formula as TeX.
    func tex(in bytes: UnsafeBufferPointer<UInt8>) -> String {
        lines.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: "\n")
    }

    /// The byte of the text at which a byte of the formula stands.
    func position(of offset: Int) -> Int {
        var offset = offset
        for line in lines {
            if offset <= line.count { return line.lowerBound + offset }
            offset -= line.count + 1
        }
        return lines.last?.upperBound ?? start
    }
}
