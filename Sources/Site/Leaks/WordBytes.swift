/// What a word is: a run of letters and digits, in whatever case, and of all characters beyond ASCII but punctuation.
struct WordBytes {
    /// Of the word so far; 0 between words.
    private var state: UInt64 = 0
    /// Of the word so far.
    private var length = 0

    /// The bit of a word that tells whether it has five bytes or more.
    ///
    /// Shorter ones come about by chance in the bytes of a picture.
    static let longWord: UInt64 = 1

    /// The byte as words count it, capitals as small letters; 0 for what parts words.
    @inline(__always)
    private static func folded(_ byte: UInt8) -> UInt8 {
        // Arithmetic instead of a table: this is asked for every byte of a site.
        let small = byte | 0x20
        if small &- UInt8(ascii: "a") < 26 { return small }
        return byte >= 0x80 || byte &- UInt8(ascii: "0") < 10 ? byte : 0
    }

    /// Whether the byte belongs to a word; the caller has asked `punctuation` first.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        let byte = Self.folded(byte)
        guard byte != 0 else { return false }
        if state == 0 { state = 0xcbf2_9ce4_8422_2325 }
        length += 1
        // FNV-1a: one step a byte, spread by `mixed` once the word is whole.
        state = (state ^ UInt64(byte)) &* 0x100_0000_01b3
        return true
    }

    /// Takes the letters and digits of ASCII that stand at a position, and returns where they end.
    ///
    /// Nearly all bytes of a site go this way, and never leave the processor on it.
    @inline(__always)
    mutating func takeRun(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var (words, position) = (self, start)
        while position < bytes.count, bytes[position] < 0x80, words.take(bytes[position]) { position += 1 }
        self = words
        return position
    }

    /// The word that ends here; nil where none had begun.
    @inline(__always)
    mutating func end() -> UInt64? {
        guard state != 0 else { return nil }
        defer { (state, length) = (0, 0) }
        return Self.mixed(state) & ~Self.longWord | (length >= 5 ? Self.longWord : 0)
    }

    /// How many bytes of punctuation beyond ASCII begin here (U+0080 to U+00BF, U+2000 to U+207F); 0 where none does.
    @inline(__always)
    static func punctuation(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
        guard bytes[position] >= 0x80 else { return 0 }
        return switch bytes[position] {
        case 0xc2: 2
        case 0xe2 where position + 1 < bytes.count && bytes[position + 1] & 0xfe == 0x80: 3
        default: 0
        }
    }

    /// Spreads a number over all its bits (the end of SplitMix64).
    @inline(__always)
    static func mixed(_ number: UInt64) -> UInt64 {
        var number = number
        number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
        number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
        return number ^ number >> 31
    }
}
