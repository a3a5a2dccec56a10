/// A set of ASCII bytes that answers in a few instructions; a byte beyond ASCII is never in it.
struct ByteSet {
    private let low: UInt64
    private let high: UInt64

    init(_ members: StaticString) {
        var low: UInt64 = 0
        var high: UInt64 = 0
        members.withUTF8Buffer {
            for byte in $0 {
                if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
            }
        }
        self.init(low: low, high: high)
    }

    private init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    @inline(__always)
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 == 1 }
        return byte < 128 && high >> UInt64(byte & 63) & 1 == 1
    }
}

extension ByteSet {
    /// `"`, `&`, `<` and `>`.
    static var htmlSpecial: ByteSet { ByteSet(low: 0x5000_0044_0000_0000, high: 0) }
    /// What an address may hold as it is (RFC 3986 §2.2 and §2.3, and `%`), but for `&` and `'`, which HTML escapes.
    static var urlSafe: ByteSet { ByteSet(low: 0xafff_ff3a_0000_0000, high: 0x47ff_fffe_87ff_ffff) }
}

extension UInt8 {
    /// 1 where it is another byte and else 0, for tests without branches.
    @inline(__always)
    func bit(_ other: UInt8) -> UInt8 { self == other ? 1 : 0 }
}
