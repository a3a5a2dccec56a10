import Compression
import Ground

/// Looks in every public byte of a release for what only private pages and files say.
///
/// Costs one pass over the private texts, one over the public sources and one over the release's public files, and two words
/// of memory for each word of the private texts. Where nothing is private it costs nothing.
struct LeakSearch: Sendable {
    let folder: ReleaseFolder
    let crew: Crew
    /// Whether `SearchAudit` has held every byte of the search's indexes against the pages; then they need not be read again.
    var knowsIndexes = false
    /// Compressed twins of which `TwinAudit` has proved that they expand to their file's bytes, such as
    /// `public/a/index.html.br`; what they expand to is searched as that file.
    var provenTwins: Set<String> = []

    /// Something in which words are looked for.
    enum Holder: Sendable {
        /// By its path below the release.
        case file(String)
        /// HTML that stands in a file.
        case text([UInt8], file: String)

        var name: String {
            switch self {
            case .file(let name), .text(_, let name): name
            }
        }
    }

    /// What was found in public files, in no order; nothing where all is well.
    ///
    /// `texts` is what is public anyway, asked for only where something is private.
    func problems(
        of pieces: [PrivatePiece],
        besides texts: @autoclosure () -> [PublicStock.Text]
    ) async throws -> [Diagnostic] {
        guard !pieces.isEmpty else { return [] }
        let hits = try await hits(of: pieces, besides: texts(), in: publicFiles().map { .file($0) })
        return Leak.grouped(hits.filter { $0.piece.parts == nil }).map(\.diagnostic)
            + PartLeaks(hits, reader: .everyone, folder: folder).problems
    }

    /// The phrases of these pieces which stand in none of the texts and in some of the holders.
    func hits(
        of pieces: [PrivatePiece],
        besides texts: [PublicStock.Text],
        in holders: [Holder]
    ) async throws -> [Leak.Hit] {
        guard !pieces.isEmpty, !holders.isEmpty else { return [] }
        var table = PhraseTable(try await crew.map(pieces.count) { pieces[$0].phrases })
        for place in try await places(in: table, of: texts) { table.release(at: place) }

        let secret = table
        let found = try await crew.map(holders.count) { try self.found(in: holders[$0], secret) }
        var files: [Int: [String]] = [:]
        for (holder, places) in zip(holders, found) {
            for place in places { files[place, default: []].append(holder.name) }
        }
        return files.map { place, files in
            let owner = table.owner(at: place)
            return Leak.Hit(piece: pieces[owner], owner: owner, key: table.key(at: place), files: files)
        }
    }
}

extension LeakSearch {
    /// Those of the hits whose words stand in none of the texts.
    func hits(_ hits: [Leak.Hit], besides texts: [PublicStock.Text]) async throws -> [Leak.Hit] {
        let pieces = Array(Dictionary(hits.map { ($0.origin, $0.piece) }) { first, _ in first }.values)
        let table = PhraseTable(try await crew.map(pieces.count) { pieces[$0].phrases })
        let said = Set(try await places(in: table, of: texts).map(table.key))
        return hits.filter { !said.contains($0.key) }
    }

    private func places(in table: PhraseTable, of texts: [PublicStock.Text]) async throws -> Set<Int> {
        try await crew.map(texts.count) { try Self.found(texts[$0], in: table) }
            .reduce(into: []) { $0.formUnion($1) }
    }

    /// What the public tree holds, and what the server shows guests beside it.
    private func publicFiles() throws(BuildFailure) -> [String] {
        try folder.files(in: "public").map { "public/" + $0 }.filter {
            !knowsIndexes || !TextForm.isIndex($0)
        }
            + (Folder.kind(of: folder.path + "/site.json") == .file ? ["site.json"] : [])
    }

    private static func found(_ text: PublicStock.Text, in table: PhraseTable) throws -> Set<Int> {
        var search = PhraseSearch(table)
        text.form.read(try text.bytes(), into: &search)
        return search.found
    }

    private func found(in holder: Holder, _ table: PhraseTable) throws -> Set<Int> {
        switch holder {
        case .file(let file): return try found(inFile: file, table)
        case .text(let bytes, _):
            var search = PhraseSearch(table)
            TextForm.markup.read(bytes, into: &search)
            return search.found
        }
    }

    private func found(inFile file: String, _ table: PhraseTable) throws -> Set<Int> {
        let location = folder.path + "/" + file
        var search = Self.search(of: file, table)
        let form = TextForm(file: file)
        if case .plain = form, (Folder.size(ofFile: location) ?? 0) > Self.piece {
            try readInPieces(location, into: &search)
        } else {
            form.read(try OpenFile(reading: location).readAll(), into: &search)
        }
        guard let (name, bytes) = try expanded(file, location) else { return search.found }
        var within = Self.search(of: name, table)
        TextForm(file: name).read(bytes, into: &within)
        return search.found.union(within.found)
    }

    private static func search(of file: some StringProtocol, _ table: PhraseTable) -> PhraseSearch {
        // Links that stand side by side on a page are words of one line in an index, and one might take two titles for a third.
        // `SearchAudit` holds each word of it against the pages.
        let shortest = TextForm.isIndex(file) ? 4 : 1
        return PhraseSearch(table, isPicture: !PublicStock.isText(file), shortest: shortest)
    }

    /// The name and the bytes that a compressed file was made of; nil where it is none, or too large to be a page's.
    private func expanded(_ file: String, _ location: String) throws -> (Substring, [UInt8])? {
        guard let coding = ContentCoding.allCases.first(where: { file.hasSuffix($0.ending) }),
            !provenTwins.contains(file)
        else { return nil }
        let bytes = try OpenFile(reading: location).readAll()
        // A download may be called .gz and be something else; it is searched as it lies there in any case.
        guard let plain = try? coding.expand(bytes, limit: Self.largest) else { return nil }
        return (file.dropLast(coding.ending.count), plain)
    }

    /// In bytes, expanded.
    private static let largest = 64 << 20

    /// A long picture or film; the pieces overlap, so that nothing is missed at their borders.
    private func readInPieces(_ location: String, into search: inout PhraseSearch) throws {
        let file = try OpenFile(reading: location)
        var end: ArraySlice<UInt8> = []
        while case let bytes = try file.read(upTo: Self.piece), !bytes.isEmpty {
            search.begin()
            TextForm.plain.read(end + bytes, into: &search)
            end = bytes.suffix(1024)
        }
    }

    private static let piece = 4 << 20
}
