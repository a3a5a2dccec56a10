/// The file at which a search begins: the indexes that its readers may read.
package struct SearchEntry: Sendable {
    /// What a browser must know of an index.
    package struct Contents: Sendable, Equatable {
        /// Where its files are, with a `/` at the end.
        package let folder: String
        /// How many there are.
        package let documents: Int
        /// How many lie in one file, but for the last.
        package let chunk: Int
        /// The first word of each file of words.
        package let words: [String]

        package init(folder: String, documents: Int, chunk: Int, words: [String]) {
            self.folder = folder
            self.documents = documents
            self.chunk = chunk
            self.words = words
        }
    }

    package enum Item: Sendable, Equatable {
        case index(Contents)
        /// The address of another such file, which not all readers of this one may read.
        case more(String)
    }

    /// Of the form of all files; the script that reads them looks at it.
    package static let version = 1

    package let items: [Item]

    package init(_ items: [Item]) { self.items = items }

    package var json: [UInt8] {
        var json = JSONWriter()
        json.raw("{\"version\":")
        json.number(Self.version)
        json.raw(",\"indexes\":[")
        json.list(items) { json, item in
            json.raw("\n")
            switch item {
            case .more(let address): json.text(address)
            case .index(let contents): Self.write(contents, to: &json)
            }
        }
        json.raw("]}\n")
        return json.bytes
    }

    private static func write(_ contents: Contents, to json: inout JSONWriter) {
        json.raw("{\"folder\":")
        json.text(contents.folder)
        json.raw(",\"documents\":")
        json.number(contents.documents)
        json.raw(",\"chunk\":")
        json.number(contents.chunk)
        json.raw(",\"words\":[")
        json.list(contents.words) { $0.text($1) }
        json.raw("]}")
    }
}
