import FoundationEssentials

/// One time for each of many keys, in bounded memory, at a cost that does not depend on how many there are.
///
/// A key whose time is past says nothing any more, and its place is the next newcomer's. Where all places are taken by times to
/// come, newcomers are counted in a sketch (Cormode and Muthukrishnan's count-min, here of times): each has two of many cells,
/// chosen by a hash that nobody outside can foresee, and counts as whichever of the two knows less. So those in a flood share
/// little with one another, and nothing with those who were there before.
struct ArrivalTable: Sendable {
    private let capacity: Int
    private let seed = UInt64.random(in: .min ... .max)
    private var places: [UInt64: Int] = [:]
    private var keys: [UInt64] = []
    private var times: [TimeInterval] = []
    /// Where the search for a place goes on.
    private var hand = 0
    /// Two rows; empty until they are needed.
    private var cells: [TimeInterval] = []

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    /// How many keys have a place.
    var count: Int { keys.count }

    /// How many cells the sketch has.
    var cellCount: Int { cells.count }

    /// The time of this key, which `change` may replace; the past where it has none.
    mutating func update<Answer>(
        _ key: String,
        at now: TimeInterval,
        _ change: (inout TimeInterval) -> Answer
    ) -> Answer {
        let id = id(of: key)
        if let place = places[id] ?? place(for: id, at: now) { return change(&times[place]) }
        let (first, second) = cells(of: id)
        var time = min(cells[first], cells[second])
        let answer = change(&time)
        cells[first] = max(cells[first], time)
        cells[second] = max(cells[second], time)
        return answer
    }

    /// Forgets the time of a key that has a place; in the sketch nobody knows which part of a time is whose.
    mutating func reset(_ key: String) {
        if let place = places[id(of: key)] { times[place] = -.infinity }
    }
}

extension ArrivalTable {
    /// How many places one newcomer looks at.
    private static let look = 8
    private static let rowLength = 1 << 15

    private func id(of key: String) -> UInt64 {
        // SipHash with a random key: two keys fall together by chance only, and hardly ever.
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(key)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    private mutating func place(for id: UInt64, at now: TimeInterval) -> Int? {
        for _ in 0..<min(Self.look, keys.count) {
            let place = hand
            hand = (hand + 1) % keys.count
            guard times[place] <= now else { continue }
            places[keys[place]] = nil
            return take(place, for: id)
        }
        guard keys.count < capacity else { return nil }
        keys.append(id)
        times.append(-.infinity)
        return take(keys.count - 1, for: id)
    }

    private mutating func take(_ place: Int, for id: UInt64) -> Int {
        keys[place] = id
        times[place] = -.infinity
        places[id] = place
        return place
    }

    private mutating func cells(of id: UInt64) -> (Int, Int) {
        if cells.isEmpty { cells = Array(repeating: -.infinity, count: 2 * Self.rowLength) }
        let row = UInt64(Self.rowLength)
        return (Int(id % row), Int(row + (id >> 32) % row))
    }
}
