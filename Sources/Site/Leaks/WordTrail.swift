/// The last words of a text, as one number for each count of them from 1 to 6.
///
/// Each number is a polynomial in the words, so one more word costs six multiplications, however long the text.
struct WordTrail {
    /// The longest sequence that is looked for as a whole: long enough that nobody writes it by chance, short enough for
    /// half a sentence to be found.
    static let longest = 6

    /// How many words it has seen since it was last cut.
    private(set) var count = 0
    private var one: UInt64 = 0
    private var two: UInt64 = 0
    private var three: UInt64 = 0
    private var four: UInt64 = 0
    private var five: UInt64 = 0
    private var six: UInt64 = 0

    @inline(__always)
    mutating func add(_ word: UInt64) {
        six = word &+ five &* Self.base
        five = word &+ four &* Self.base
        four = word &+ three &* Self.base
        three = word &+ two &* Self.base
        two = word &+ one &* Self.base
        one = word
        count += 1
    }

    /// Forgets what came before.
    @inline(__always)
    mutating func cut() { count = 0 }

    /// The key of the last `length` words; ask only where there are so many.
    @inline(__always)
    func key(_ length: Int) -> UInt64 {
        let value =
            switch length {
            case 1: one
            case 2: two
            case 3: three
            case 4: four
            case 5: five
            default: six
            }
        // A table of keys marks an empty place with 0.
        return max(1, WordBytes.mixed(value &+ UInt64(length)))
    }

    private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15
}
