import Gate
import Ground
import Markdown

/// The text of a page with parts for some, and of the partials in it, with the places of their parts.
struct PartSources: Sendable {
    struct Source: Sendable {
        /// As messages show it.
        let file: String
        let text: [UInt8]
        /// The line of the file on which the text begins, counted from 1.
        let firstLine: Int
        /// As tags name it; nil for the page itself.
        let partial: String?
        /// Nil where the text has no parts.
        let scan: PartScan?
    }

    /// The page first.
    let all: [Source]

    init(_ page: PageSource, _ scan: PartScan?, partials: [(partial: PartialFile, scan: PartScan?)]) {
        let own = Source(
            file: page.file.shownAs,
            text: Array(page.body.text.utf8),
            firstLine: page.bodyLine,
            partial: nil,
            scan: scan
        )
        all =
            [own]
            + partials.map { partial, scan in
                Source(
                    file: partial.text.file,
                    text: Array(partial.text.text.utf8),
                    firstLine: 1,
                    partial: partial.text.name,
                    scan: scan
                )
            }
    }

    var hasParts: Bool { all.contains { $0.scan?.parts.isEmpty == false } }

    /// The names of labels, teams, roles and domains, which a theme may tell those who do not get a part.
    var names: [String] {
        all.flatMap { $0.scan?.parts ?? [] }.flatMap(\.requirements).flatMap(\.oneOf).map { fact in
            switch fact {
            case .label(let name), .team(let name): name
            case .role(let role, let team): "\(team)/\(role)"
            case .email(let domain): "@\(domain)"
            case .verified, .secondFactor: ""
            }
        }
    }

    /// Where the first part begins that some of these readers may not read; nil where there is none.
    func place(forbiddenTo reader: Access) -> Place? {
        all.lazy.compactMap { source in
            source.scan?.parts.first { !reader.admitsOnly(thoseOf: $0.access) }
                .map { source.place(of: $0.range.lowerBound) }
        }.first
    }

    /// Where a part begins that refers to the note at a place of a text, or includes the text; nil where none does.
    func placeOfUse(of source: Source, at offset: Int, forbiddenTo reader: Access) -> Place? {
        let notes = NoteScan(source.text, code: source.scan?.code ?? [])
        for reference in notes.references(toNoteAt: offset) {
            if let part = source.part(forbiddenTo: reader, where: { $0.range.contains(reference) }) {
                return source.place(of: part.range.lowerBound)
            }
        }
        guard let name = source.partial else { return nil }
        for other in all {
            let part = other.part(forbiddenTo: reader) { other.text[$0.words].holds(name.utf8) }
            if let part { return other.place(of: part.range.lowerBound) }
        }
        return nil
    }
}

extension PartSources.Source {
    /// The innermost part that some of these readers may not read, and that is the one looked for.
    func part(forbiddenTo reader: Access, where holds: (PartScan.Part) -> Bool) -> PartScan.Part? {
        scan?.parts.last { !reader.admitsOnly(thoseOf: $0.access) && holds($0) }
    }

    func place(of offset: Int) -> Place {
        let before = text[..<offset]
        let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return Place(
            file: file,
            line: firstLine + before.count { $0 == 0x0a },
            column: String(decoding: text[start..<offset], as: UTF8.self).count + 1
        )
    }
}
