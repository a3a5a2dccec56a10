/// One bit for a part of each key: most words of a site end here, in memory that the processor keeps near.
struct PhraseHints: Sendable {
    private var bits: [UInt64]
    private let mask: UInt64

    init(count: Int) {
        bits = Array(repeating: 0, count: Self.powerOfTwo(atLeast: max(1, count / 4)))
        mask = UInt64(bits.count * 64 - 1)
    }

    mutating func add(_ key: UInt64) {
        // The table takes the lower bits.
        let hint = key >> 24 & mask
        bits[Int(hint >> 6)] |= 1 << (hint & 63)
    }

    @inline(__always)
    func mayHold(_ key: UInt64) -> Bool {
        let hint = key >> 24 & mask
        return bits[Int(hint >> 6)] >> (hint & 63) & 1 == 1
    }

    static func powerOfTwo(atLeast number: Int) -> Int {
        number <= 1 ? 1 : 1 << (Int.bitWidth - (number - 1).leadingZeroBitCount)
    }
}
