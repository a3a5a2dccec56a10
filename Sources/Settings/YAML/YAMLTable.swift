package import Ground

/// A table whose keys are known: typed questions, of which each notes what is wrong and answers nil.
///
/// So a caller asks everything, takes defaults where the answer is nil, and looks at the reading's diagnostics at the end.
package struct YAMLTable {
    package let place: Place
    package let reading: YAMLReading
    /// Whether something else stood where the table was expected; that has been noted, and missing keys need no note.
    package let isMisread: Bool
    private let entries: [String: YAMLEntry]

    /// Reads a value as a table and notes each key that is not known; nothing is an empty table.
    ///
    /// `foreign` is what to do about keys that other programs have, by their names in lower case.
    package init(
        _ value: YAMLValue,
        named name: String,
        keys: [String],
        foreign: [String: String] = [:],
        reading: YAMLReading
    ) {
        self.place = value.place
        self.reading = reading
        switch value.content {
        case .nothing:
            (entries, isMisread) = ([:], false)
        case .table(let all):
            isMisread = false
            entries = Dictionary(all.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for entry in all where !keys.contains(entry.key) {
                reading.report(
                    at: entry.place,
                    "unknown key '\(entry.key)'",
                    advice: foreign[entry.key.lowercased()] ?? Suggestion.advice(for: entry.key, among: keys)
                )
            }
        default:
            (entries, isMisread) = ([:], true)
            reading.report(
                at: value.place,
                "\(name) must be a table of keys and values, found \(value.found)"
            )
        }
    }

    /// The entry as it stands; nil where the key is not there.
    package func entry(_ key: String) -> YAMLEntry? { entries[key] }

    /// Where the key's value stands, else the table itself.
    package func place(of key: String) -> Place { entries[key]?.value.place ?? place }

    /// The table below a key; an empty one where there is none.
    package func table(_ key: String, keys: [String]) -> YAMLTable {
        let value = entries[key]?.value ?? YAMLValue(.nothing, at: place)
        return YAMLTable(value, named: key, keys: keys, reading: reading)
    }

    /// What a question answers, or a note that the key is missing.
    package func required<Value>(_ key: String, _ what: String, _ ask: (YAMLTable) -> Value?) -> Value? {
        guard entry(key) != nil else {
            if isMisread { return nil }
            reading.report(at: place, "the key '\(key)' is missing", advice: "it says \(what)")
            return nil
        }
        return ask(self)
    }
}
