/// Every stem of some documents, with its forms and where it stands.
struct Lexicon {
    /// The words that begin alike, as one file.
    struct Shard {
        let key: String
        let json: [UInt8]
    }

    private struct Entry {
        var forms: Set<String> = []
        /// How much of the stem a document has, by document; what stands in a title counts more.
        var weights: [(document: Int, weight: Double)] = []
    }

    /// What a word counts for, by where it stands.
    private enum Weight {
        static let title = 8.0
        static let heading = 3.0
        static let text = 1.0
    }

    private var entries: [String: Entry] = [:]
    /// In words, by document.
    private var lengths: [Int] = []

    init(_ documents: [SearchDocument], language: String) {
        let stemmer = Stemmer(language: language)
        for (number, document) in documents.enumerated() {
            add(document, number, stemmer)
        }
    }

    /// Sorted by key.
    ///
    /// A stem stands in the shard of each beginning that one of its forms has.
    func shards() -> [Shard] {
        var keys: [String: [String]] = [:]
        for (stem, entry) in entries {
            for key in Set(entry.forms.map(Self.key)) { keys[key, default: []].append(stem) }
        }
        let average = Double(max(1, lengths.reduce(0, +))) / Double(max(1, lengths.count))
        return keys.keys.sorted().map { key in
            Shard(key: key, json: json((keys[key] ?? []).sorted(), average: average))
        }
    }

    /// The name of the shard in which a form stands: its first two characters, those beyond ASCII as `u` and their number.
    ///
    /// The browser's script makes the same of what is asked for.
    static func key(of form: String) -> String {
        form.unicodeScalars.prefix(2).map { scalar in
            scalar.isASCII ? String(Character(scalar)) : "u" + String(scalar.value, radix: 16)
        }.joined()
    }
}

extension Lexicon {
    private mutating func add(_ document: SearchDocument, _ number: Int, _ stemmer: Stemmer) {
        var length = 0
        var weights: [String: Double] = [:]
        var forms: Set<SearchWords.Word> = []
        func count(_ text: String, _ weight: Double) {
            SearchWords.each(in: text) { word in
                length += 1
                weights[stemmer.stem(of: word.plain), default: 0] += weight
                forms.insert(word)
            }
        }
        count(document.title, Weight.title)
        for part in document.parts {
            count(part.heading, Weight.heading)
            count(part.text, Weight.text)
        }
        lengths.append(length)
        for (stem, weight) in weights { entries[stem, default: Entry()].weights.append((number, weight)) }
        for form in forms {
            entries[stemmer.stem(of: form.plain), default: Entry()].forms.insert(form.folded)
        }
    }

    private func json(_ stems: [String], average: Double) -> [UInt8] {
        var json = JSONWriter()
        json.raw("[")
        json.list(stems) { json, stem in
            guard let entry = entries[stem] else { return }
            json.raw("\n[")
            json.list([stem, entry.forms.sorted().joined(separator: " ")]) { $0.text($1) }
            json.raw(",[")
            json.list(entry.weights) { json, found in
                json.raw("\(found.document),\(score(found.weight, lengths[found.document], average))")
            }
            json.raw("]]")
        }
        json.raw("]\n")
        return json.bytes
    }

    /// The document's part of BM25 (Robertson and Zaragoza 2009, §3.2), in hundredths, with the usual k and b.
    private func score(_ weight: Double, _ length: Int, _ average: Double) -> Int {
        let (k, b) = (1.2, 0.75)
        let norm = k * (1 - b + b * Double(length) / average)
        return max(1, Int((100 * weight * (k + 1) / (weight + norm)).rounded()))
    }
}
