import Foundation

/// The index of some documents; see `Room.md` for its form.
package struct SearchIndex: Sendable {
    private let documents: [SearchDocument]
    private let language: String

    /// Takes the documents in the order in which equal results shall stand, and their language as a tag such as `en`.
    package init(_ documents: [SearchDocument], language: String) {
        self.documents = documents
        self.language = language
    }

    /// All files of the index, sorted by path; the same documents give the same bytes.
    ///
    /// Costs time in proportion to the words, and memory for each different word of each document.
    package func files() -> [SearchFile] {
        let lexicon = Lexicon(documents, language: language)
        let shards = lexicon.shards()
        var files = shards.map { SearchFile(path: "words/\($0.key).json", bytes: $0.json) }
        for (number, start) in stride(from: 0, to: documents.count, by: Self.chunk).enumerated() {
            let chunk = documents[start..<min(start + Self.chunk, documents.count)]
            files.append(SearchFile(path: "documents/\(number).json", bytes: Self.json(chunk)))
        }
        files.append(SearchFile(path: "index.json", bytes: json(shards.map(\.key))))
        return files.sorted { $0.path < $1.path }
    }
}

extension SearchIndex {
    /// Documents in a file: few enough that a result costs little, many enough that the files are few.
    private static let chunk = 8
    /// Of the form of the files; the script that reads them looks at it.
    private static let version = 1

    private func json(_ shards: [String]) -> [UInt8] {
        var json = JSONWriter()
        json.raw(
            "{\"version\":\(Self.version),\"documents\":\(documents.count),\"chunk\":\(Self.chunk),\"words\":["
        )
        json.list(shards) { $0.text($1) }
        json.raw("]}\n")
        return json.bytes
    }

    private static func json(_ chunk: ArraySlice<SearchDocument>) -> [UInt8] {
        var json = JSONWriter()
        json.raw("[")
        json.list(chunk) { json, document in
            json.raw("\n[")
            json.text(document.address)
            json.raw(",")
            json.text(document.title)
            json.raw(",[")
            json.list(document.parts) { json, part in
                json.raw("[")
                json.list([part.anchor, part.heading, part.text]) { $0.text($1) }
                json.raw("]")
            }
            json.raw("]]")
        }
        json.raw("]\n")
        return json.bytes
    }
}
