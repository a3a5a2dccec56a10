/// Eight bytes of a text, looked at together: most text holds nothing but words.
struct EightBytes {
    private let word: UInt64

    /// Nil where fewer are left.
    @inline(__always)
    init?(_ text: UnsafeBufferPointer<UInt8>, at position: Int) {
        guard position + 8 <= text.count, let start = UnsafeRawPointer(text.baseAddress) else { return nil }
        word = start.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    }

    /// Whether `"`, `&`, `<` or `>` is among them.
    var hasHTMLSpecial: Bool {
        // `<` and `>` differ in one bit, and so do `"` and `&`.
        has(0x3e, but: 0x02) || has(0x26, but: 0x04)
    }
}

extension EightBytes {
    private static let each: UInt64 = 0x0101_0101_0101_0101
    private static let top: UInt64 = 0x8080_8080_8080_8080

    /// Whether a byte is among them, or one that lacks these bits of it.
    @inline(__always)
    private func has(_ byte: UInt64, but bits: UInt64 = 0) -> Bool {
        let difference = (word | bits &* Self.each) ^ byte &* Self.each
        // Only a zero makes the subtraction borrow into a top bit that was not set.
        return (difference &- Self.each) & ~difference & Self.top != 0
    }
}
