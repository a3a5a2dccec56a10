/// Where the lines of a text that was laid out for libcmark stand in the author's own.
///
/// The author's lines come first and keep their numbers and bytes; behind them come lines that were moved.
struct TextLayout {
    /// A line that was moved.
    struct Moved {
        /// The author's line.
        let line: Int
        /// The byte of the author's text at which its words begin.
        let start: Int
        /// Bytes before the words that are not the author's.
        let prefix: Int
    }

    /// How many lines kept their place.
    let kept: Int
    /// The lines behind those.
    let moved: [Moved]

    /// Where a moved line, or a byte some way into it, comes from; nil for a line that kept its place.
    func origin(ofLine line: Int, offset: Int = 0) -> (line: Int, byte: Int)? {
        guard line > kept, !moved.isEmpty else { return nil }
        let moved = moved[min(line - kept, moved.count) - 1]
        return (moved.line, moved.start + max(0, offset - moved.prefix))
    }
}
