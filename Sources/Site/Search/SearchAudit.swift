import FoundationEssentials
import Gate
import Ground
import Search

/// Proves over a finished release, as it lies on the disk, that no index says what its readers may not read.
///
/// Each document of an index is a page with the index's readers, what it shows is what that page says, and each word that
/// the index knows is a word of its documents. `LeakSearch` cannot do it: it knows sentences, and an index has
/// single words. Where nothing is private it costs nothing, else one pass over the texts of the indexes.
struct SearchAudit {
    let folder: ReleaseFolder
    let crew: Crew
    /// What the pages say; nil where only the release is there.
    let writer: SearchWriter?

    func findings(_ table: GateTable) async throws -> [String] {
        guard table.routes.contains(where: { $0.visibility == .private }) else { return [] }
        let routes = table.routes.filter { $0.path.text.hasPrefix(SearchPlan.root) }
        let parts = Dictionary(grouping: routes) { Self.part($0.path) }
        let known = writer.map { writer in
            Dictionary(uniqueKeysWithValues: writer.model.pages.map { ($0.path.encoded, $0.position) })
        }
        var findings: [String] = []
        var words: [Substring: SearchVocabulary] = [:]
        for (part, routes) in parts.sorted(by: { $0.key < $1.key }) where !part.hasSuffix(".json") {
            let (said, problems) = try await self.findings(inFolder: routes, table, known)
            words[part] = said
            findings += problems
        }
        for (_, routes) in parts.sorted(by: { $0.key < $1.key }) {
            for route in routes where Self.part(route.path).hasSuffix(".json") {
                findings += try self.findings(inEntry: route, parts, words)
            }
        }
        return findings
    }
}

extension SearchAudit {
    /// The first part of a path below the search's root: an index's folder, or an entry.
    private static func part(_ path: PagePath) -> Substring {
        path.text.dropFirst(SearchPlan.root.count).prefix { $0 != "/" }
    }

    private func shown(_ route: Route) -> String { "\(route.visibility.rawValue)/\(route.file)" }

    private func findings(
        inFolder routes: [Route],
        _ table: GateTable,
        _ known: [String: Int]?
    ) async throws -> (words: SearchVocabulary, findings: [String]) {
        let name = { (route: Route) in route.path.text.split(separator: "/").last?.first }
        let texts = routes.filter { name($0) == "d" }
        let rest = routes.filter { name($0) != "d" }
        let read = try await crew.map(texts.count, piece: 1) { try documents(texts[$0], table, known) }
        let words = read.reduce(into: SearchVocabulary()) { $0.add($1.words) }
        let found = try await crew.map(rest.count, piece: 1) { number -> [String] in
            let strange = try strings(of: rest[number]).flatMap { $0.split(separator: " ") }
                .filter { !words.has($0) }
            return strange.prefix(1).map {
                "\(shown(rest[number])) has '\($0)', which no page of that index says"
            }
        }
        let mixed = routes.filter { !$0.isFor(readersOf: routes[0]) }
            .map { "\(shown($0)) is not for whom the rest of its index is" }
        return (words, mixed + read.flatMap(\.findings) + found.flatMap(\.self))
    }

    /// The words of a file of documents, and what is wrong with them.
    private func documents(
        _ route: Route,
        _ table: GateTable,
        _ known: [String: Int]?
    ) throws -> (words: SearchVocabulary, findings: [String]) {
        let bytes = try folder.read(route.file, route.visibility)
        let addresses = Self.addresses(bytes)
        var findings: [String] = []
        for address in addresses {
            let page = PagePath(requestTarget: address[...]).flatMap { table[$0] }
            if let page, page.kind == .page, page.isFor(readersOf: route) { continue }
            findings.append("\(shown(route)) holds \(address), which is not for its readers")
        }
        let documents: [SearchDocument]
        if let writer, let known {
            documents = addresses.compactMap { known[$0] }.map(writer.document)
        } else {
            documents =
                (try? JSONDecoder().decode([StoredDocument].self, from: Data(bytes)))?.map(\.document) ?? []
        }
        // The same bytes, so nothing else stands there, whatever it is that was read from them.
        if SearchDocument.json(of: documents) != bytes {
            let what = writer == nil ? "is no file of documents" : "says something else than its pages"
            findings.append("\(shown(route)) \(what)")
        }
        return (documents.reduce(into: SearchVocabulary()) { $0.add($1) }, findings)
    }

    /// Of each document of a file, which begins on a line of its own.
    private static func addresses(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).filter { $0.starts(with: "[\"".utf8) }.map { line in
            String(decoding: line.dropFirst(2).prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self)
        }
    }

    /// An entry names indexes, and of those that it knows more of, their readers are its own.
    private func findings(
        inEntry route: Route,
        _ parts: [Substring: [Route]],
        _ words: [Substring: SearchVocabulary]
    ) throws -> [String] {
        let bytes = try folder.read(route.file, route.visibility)
        guard let entry = try? JSONDecoder().decode(StoredEntry.self, from: Data(bytes)).entry,
            entry.json == bytes
        else { return ["\(shown(route)) is no file at which a search begins"] }
        return entry.items.flatMap { item -> [String] in
            switch item {
            case .more(let address):
                let part = PagePath(address).map(Self.part) ?? ""
                return parts[part] == nil ? ["\(shown(route)) names \(address), which is not there"] : []
            case .index(let contents):
                let part = PagePath(contents.folder).map(Self.part) ?? ""
                guard let first = parts[part]?.first, route.isFor(readersOf: first) else {
                    return ["\(shown(route)) tells of \(contents.folder), which is not for its readers"]
                }
                let strange = contents.words.first { !(words[part]?.has($0) ?? false) }
                return strange.map { ["\(shown(route)) has '\($0)', which no page of that index says"] } ?? []
            }
        }
    }

    /// Every string of a file of words.
    private func strings(of route: Route) throws -> [Substring] {
        let bytes = try folder.read(route.file, route.visibility)
        return String(decoding: JSONStrings.joined(bytes, isPlain: true), as: UTF8.self).split(
            separator: "\n"
        )
    }
}

extension Route {
    fileprivate func isFor(readersOf other: Route) -> Bool {
        visibility == other.visibility && requirements == other.requirements
    }
}

/// A document as it lies in its file.
private struct StoredDocument: Decodable {
    let document: SearchDocument

    init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        document = SearchDocument(
            address: try row.decode(String.self),
            title: try row.decode(String.self),
            parts: try row.decode([[String]].self).map { part in
                // Where a part is not of three texts, the bytes made of it differ, and are told of.
                let part = part + ["", "", ""]
                return SearchDocument.Part(
                    anchor: part[0],
                    heading: Array(part[1].utf8),
                    text: Array(part[2].utf8)
                )
            }
        )
    }
}

/// An entry as it lies in its file.
private struct StoredEntry: Decodable {
    let indexes: [Item]

    var entry: SearchEntry { SearchEntry(indexes.map(\.item)) }

    struct Item: Decodable {
        private struct Contents: Decodable {
            let folder: String
            let documents: Int
            let chunk: Int
            let words: [String]
        }

        let item: SearchEntry.Item

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            // One of two forms: what is not the first must be the second.
            if let address = try? value.decode(String.self) {
                item = .more(address)
                return
            }
            let contents = try value.decode(Contents.self)
            item = .index(
                SearchEntry.Contents(
                    folder: contents.folder,
                    documents: contents.documents,
                    chunk: contents.chunk,
                    words: contents.words
                )
            )
        }
    }
}
