/// Where each word of some documents stands; see `Room.md` for the form of its files.
package struct SearchIndex: Sendable {
    /// One document that says a stem.
    private struct Find: Sendable {
        let document: Int32
        /// In tenths.
        let score: Int32
    }

    /// A stem's words as they are compared, the first by the alphabet in front.
    private struct Group: Sendable {
        let forms: [Int]
        let finds: Range<Int>
    }

    private let words: WordTable
    private let groups: [Group]
    /// By stem, and there by document.
    private let finds: [Find]
    /// The groups of each file.
    private let files: [[Int]]
    /// By file: the first word that it has; it has all up to the next file's first.
    private let starts: [Int]
    package let documents: Int

    /// Joins the tallies of all documents, in the order in which equal results shall stand.
    ///
    /// Costs time and memory for each different word of each document.
    package init(_ tallies: [SearchTally]) {
        var joining = Joining()
        for tally in tallies { joining.add(tally) }
        joining.arrange(tallies)
        let words = joining.forms
        let order = AlphabeticalOrder(words)
        var groups = joining.groups.map { forms, finds in
            Group(forms: forms.sorted(by: order.precedes), finds: finds)
        }
        groups.sort {
            order.precedes($0.forms[0], $1.forms[0])
                || $0.forms[0] == $1.forms[0] && $0.finds.lowerBound < $1.finds.lowerBound
        }
        (files, starts) = Self.files(of: groups, order)
        self.words = words
        self.groups = groups
        finds = joining.finds
        documents = joining.lengths.count
    }

    /// How many files hold the words.
    package var fileCount: Int { files.count }

    /// The first word of each of these files.
    package var firstWords: [String] { starts.map { String(decoding: words[$0], as: UTF8.self) } }

    /// One file of words.
    package func file(_ number: Int) -> [UInt8] {
        var json = JSONWriter()
        json.raw("[")
        json.list(files[number]) { json, group in
            let group = groups[group]
            json.raw("\n[")
            json.text(
                Array(group.forms.map { words[$0] }.joined(separator: CollectionOfOne(UInt8(ascii: " "))))
            )
            json.raw(",[")
            var last = 0
            json.list(finds[group.finds]) { json, find in
                // As the distance from the one before it, which has fewer digits.
                json.number(Int(find.document) - last)
                json.raw(",")
                json.number(Int(find.score))
                last = Int(find.document)
            }
            json.raw("]]")
        }
        json.raw("]\n")
        return json.bytes
    }
}

extension SearchIndex {
    /// In bytes, about: a file that a search loads in one go, and few enough of them.
    private static let fileSize = 32 << 10

    /// Parts the groups into files; a group stands in each file in whose part of the alphabet it has a word.
    private static func files(of groups: [Group], _ order: AlphabeticalOrder) -> ([[Int]], [Int]) {
        var files: [[Int]] = []
        var starts: [Int] = []
        var size = fileSize
        for (number, group) in groups.enumerated() {
            // Words that are spelled alike are found in one file.
            if size >= fileSize, starts.isEmpty || groups[number - 1].forms[0] != group.forms[0] {
                files.append([])
                starts.append(group.forms[0])
                size = 0
            }
            files[files.count - 1].append(number)
            size += group.forms.reduce(8) { $0 + order.words[$1].count + 1 } + 6 * group.finds.count
        }
        for (number, group) in groups.enumerated() {
            var seen = file(of: group.forms[0], starts, order)
            for form in group.forms.dropFirst() {
                let other = file(of: form, starts, order)
                if other != seen { files[other].append(number) }
                seen = other
            }
        }
        return (files.map { $0.sorted() }, starts)
    }

    private static func file(of form: Int, _ starts: [Int], _ order: AlphabeticalOrder) -> Int {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if order.precedes(form, starts[middle]) { high = middle } else { low = middle + 1 }
        }
        return max(0, low - 1)
    }
}

extension SearchIndex {
    /// The tallies' words under common numbers.
    private struct Joining {
        var stems = WordTable()
        var forms = WordTable()
        var lengths: [(all: Int, title: Int)] = []
        /// By stem.
        private var formsOfStems: [[Int]] = []
        private var counts: [Int] = []
        /// By tally: the common number of each of its stems.
        private var numbers: [[Int]] = []
        private(set) var finds: [Find] = []
        private(set) var groups: [(forms: [Int], finds: Range<Int>)] = []

        mutating func add(_ tally: SearchTally) {
            var numbers: [Int] = []
            numbers.reserveCapacity(tally.stems.count)
            for stem in 0..<tally.stems.count { numbers.append(stems.number(of: tally.stems[stem])) }
            while counts.count < stems.count {
                counts.append(0)
                formsOfStems.append([])
            }
            for pair in tally.pairs {
                let (stem, form) = (numbers[Int(pair.stem)], forms.number(of: tally.forms[Int(pair.form)]))
                if !formsOfStems[stem].contains(form) { formsOfStems[stem].append(form) }
            }
            for entry in tally.entries { counts[numbers[Int(entry.stem)]] += 1 }
            self.numbers.append(numbers)
            lengths += tally.lengths
        }

        mutating func arrange(_ tallies: [SearchTally]) {
            var next: [Int] = []
            var total = 0
            for (stem, count) in counts.enumerated() {
                next.append(total)
                groups.append((formsOfStems[stem], total..<(total + count)))
                total += count
            }
            let score = SearchScore(lengths)
            finds = [Find](repeating: Find(document: 0, score: 0), count: total)
            var first = 0
            for (tally, numbers) in zip(tallies, numbers) {
                for entry in tally.entries {
                    let stem = numbers[Int(entry.stem)]
                    let document = first + Int(entry.document)
                    finds[next[stem]] = Find(
                        document: Int32(document),
                        score: score.of(entry, document: document)
                    )
                    next[stem] += 1
                }
                first += tally.lengths.count
            }
        }
    }
}
