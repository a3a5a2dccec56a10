import Crypto
import Gate
import Ground
import Search

/// Writes the indexes of a release.
///
/// An index lies in a folder whose name changes with its pages, so that browsers keep its files and never mix two states
/// of them. A private one's name takes the key of the output folder to find: who may not read it cannot ask how
/// many files it has.
struct SearchWriter: Sendable {
    let model: SiteModel
    /// In the order of the model's pages.
    let rendered: [RenderedPage]
    let folder: ReleaseFolder
    let crew: Crew

    typealias Piece = (route: Route, written: ReleaseFolder.Written)

    func write() async throws -> [Piece] {
        var pieces: [Piece] = []
        var contents: [SearchEntry.Contents] = []
        for group in model.search.groups {
            let (made, index) = try await write(group)
            pieces += made
            contents.append(index)
        }
        for entry in model.search.entries {
            var items: [SearchEntry.Item] = []
            for number in entry.groups {
                let group = model.search.groups[number]
                if group.expires == nil, Audience.Key(group.access) == Audience.Key(entry.access) {
                    items.append(.index(contents[number]))
                    continue
                }
                let address = String(contents[number].folder.dropLast()) + ".json"
                items.append(.more(address))
                let more = SearchEntry([.index(contents[number])])
                pieces.append(try write(more.json, to: address, group.access, expires: group.expires))
            }
            pieces.append(
                try write(SearchEntry(items).json, to: entry.path.text, entry.access, isStable: true)
            )
        }
        return pieces
    }

    /// What a search may show of a page.
    func document(_ position: Int) -> SearchDocument {
        let (page, rendered) = (model.pages[position], rendered[position])
        let description = page.source.frontMatter.description ?? ""
        return SearchDocument(
            address: page.path.encoded,
            title: rendered.title,
            parts: PageText.parts(html: rendered.html, description: description)
        )
    }

    /// How many documents lie in one file: about 24 KB of them, so that a result costs little.
    func chunk(of pages: [Int]) -> Int {
        let size = pages.reduce(1) { $0 + rendered[$1].html.count }
        return min(32, max(1, (24 << 10) * pages.count / size))
    }
}

extension SearchWriter {
    private func write(_ group: SearchPlan.Group) async throws -> ([Piece], SearchEntry.Contents) {
        let (pages, chunk) = (group.pages, chunk(of: group.pages))
        let base = SearchPlan.root + (try await mark(of: group, chunk)) + "/"
        let size = chunk * max(1, Self.batch(pages.count) / chunk)
        let batches = try await crew.map((pages.count + size - 1) / size, piece: 1) { batch in
            let start = batch * size
            let documents = pages[start..<min(start + size, pages.count)].map(document)
            var pieces: [Piece] = []
            for first in stride(from: 0, to: documents.count, by: chunk) {
                let json = SearchDocument.json(of: documents[first..<min(first + chunk, documents.count)])
                let path = "\(base)d\((start + first) / chunk).json"
                pieces.append(try write(json, to: path, group.access, expires: group.expires))
            }
            return (pieces: pieces, tally: SearchTally(documents, language: group.language))
        }
        let index = SearchIndex(batches.map(\.tally))
        let files = try await crew.map(index.fileCount, piece: 1) { file in
            try write(index.file(file), to: "\(base)w\(file).json", group.access, expires: group.expires)
        }
        let contents = SearchEntry.Contents(
            folder: base,
            documents: index.documents,
            chunk: chunk,
            words: index.firstWords
        )
        return (batches.flatMap(\.pieces) + files, contents)
    }

    /// Documents that one task reads at a time.
    ///
    /// Few enough that all are busy, many enough that few words are new to each. It does not depend on the number of tasks.
    private static func batch(_ documents: Int) -> Int { min(1024, max(64, documents / 16)) }

    /// A name for the index, of all that its files are made of; no two indexes have a page in common.
    ///
    /// Of nothing else: a number among all indexes would tell whoever tries some how many private ones come before it.
    private func mark(of group: SearchPlan.Group, _ chunk: Int) async throws -> String {
        let pages = try await crew.map(group.pages.count) { position in
            let position = group.pages[position]
            let (page, rendered) = (model.pages[position], rendered[position])
            let front = [page.path.encoded, rendered.title, page.source.frontMatter.description ?? ""]
            var hash = SHA256()
            for text in front.map({ Array($0.utf8) }) + [rendered.html] {
                hash.update(data: Array("\(text.count) ".utf8))
                hash.update(data: text)
            }
            return FileDigest(hash.finalize()).hex
        }
        let all = ["\(SearchEntry.version) \(group.language) \(chunk)"] + pages
        let digest = FileDigest(of: Array(all.joined(separator: "\n").utf8))
        guard group.access.visibility == .private else { return String(digest.hex.prefix(16)) }
        guard let key = model.key else {
            throw BuildFailure.audit(["a private index has no key for its name"])
        }
        return key.mark(of: SearchPlan.root, digest)
    }

    private func write(
        _ bytes: [UInt8],
        to address: String,
        _ access: Access,
        expires: Int? = nil,
        isStable: Bool = false
    ) throws -> Piece {
        guard let path = PagePath(address) else { throw BuildFailure.audit(["\(address) is no address"]) }
        let written = try folder.write(bytes, to: path.outputFile, access.visibility)
        var route = Route(
            path: path,
            kind: .asset,
            access: access,
            file: path.outputFile,
            mediaType: MediaType.of(address),
            length: written.length,
            digest: written.digest.hex,
            source: "site.config",
            expires: expires
        )
        if !isStable { route.isFingerprinted = true }
        return (route, written)
    }
}
