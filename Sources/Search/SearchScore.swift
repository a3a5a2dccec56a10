/// How well documents answer a word.
struct SearchScore {
    /// By document: what BM25 makes of its length.
    private let norms: [Double]
    /// By document: what a word in its title counts for.
    private let titles: [Double]

    init(_ lengths: [(all: Int, title: Int)]) {
        let average = Double(max(1, lengths.reduce(0) { $0 + $1.all })) / Double(max(1, lengths.count))
        let (k, b) = (Self.k, 0.75)
        norms = lengths.map { k * (1 - b + b * Double($0.all) / average) }
        titles = lengths.map { 3 + 3 / Double(max(1, $0.title)) }
    }

    /// In tenths, at least 1; the browser multiplies by how rare the word is, and adds over the words.
    ///
    /// The text's part is that of BM25 (Robertson and Zaragoza 2009, §3.2) with the usual k and b, and stays below 2.2 however
    /// often the word is said. A heading, and much more a title, add to it, a short title most: no text outdoes them.
    @inline(__always)
    func of(_ entry: SearchTally.Entry, document: Int) -> Int32 {
        let count = Double(entry.count)
        var score = count * (Self.k + 1) / (count + norms[document])
        if entry.isInHeading { score += 1.5 }
        if entry.isInTitle { score += titles[document] }
        return max(1, Int32(10 * score + 0.5))
    }

    private static let k = 1.2
}
