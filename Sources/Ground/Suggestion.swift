/// The word that an author probably meant.
package enum Suggestion {
    /// The known word nearest to the one written, or nil where none is near enough to be meant.
    ///
    /// Near is at most a third of the letters inserted, removed, changed or swapped. Costs O(words × letters²).
    package static func nearest(to written: String, in known: some Sequence<String>) -> String? {
        let limit = max(1, written.count / 3)
        // No word is nearer than the lengths differ; a very long text is not compared letter by letter.
        return known.filter { abs($0.count - written.count) <= limit }
            .map { (word: $0, distance: distance(written.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    /// `did you mean 'x'?` where a word is near, else the list of what is known.
    package static func advice(for written: String, among known: some Sequence<String>) -> String {
        if let word = nearest(to: written, in: known) { return "did you mean '\(word)'?" }
        return "known here: " + known.sorted().joined(separator: ", ")
    }
}

extension Suggestion {
    /// Optimal string alignment: edits with swaps of neighbours.
    private static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var older: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                var cost = min(
                    previous[column + 1] + 1,
                    current[column] + 1,
                    previous[column] + (left[row] == right[column] ? 0 : 1)
                )
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, older[column - 1] + 1)
                }
                current.append(cost)
            }
            (older, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
