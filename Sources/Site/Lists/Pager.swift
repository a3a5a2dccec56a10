import Ground
import Theme

/// One page of a list that is too long for one.
struct Pager: Sendable {
    /// From 1.
    let number: Int
    let count: Int
    /// Where the first page is.
    let base: PagePath

    /// The pieces of a list; one, and perhaps an empty one, where it is short or `size` is 0.
    static func pieces(of positions: [Int], size: Int) -> [[Int]] {
        guard size > 0, positions.count > size else { return [positions] }
        return stride(from: 0, to: positions.count, by: size).map {
            Array(positions[$0..<min($0 + size, positions.count)])
        }
    }

    /// Where a page of the list is: the second at `page/2/` below the first.
    ///
    /// Nil where that would be too long for an address.
    static func path(_ number: Int, of base: PagePath) -> PagePath? {
        number == 1 ? base : PagePath(base.asFolder.text + "page/\(number)/")
    }

    /// For templates; nil where there is one page only.
    var value: TemplateValue? {
        guard count > 1 else { return nil }
        return .table([
            "number": .number(number), "count": .number(count), "previous_href": href(number - 1),
            "next_href": href(number + 1), "pages": .list(entries),
        ])
    }
}

extension Pager {
    private func href(_ number: Int) -> TemplateValue {
        guard (1...count).contains(number) else { return .text("") }
        return .text(Self.path(number, of: base)?.encoded ?? "")
    }

    /// The first, the last, and those around this one: not all, of which there may be hundreds on each of hundreds.
    private var entries: [TemplateValue] {
        let shown = Set([1, count] + (number - 1...number + 1)).filter { (1...count).contains($0) }.sorted()
        return shown.enumerated().map { place, shown_ in
            .table([
                "number": .number(shown_), "href": href(shown_), "current": .flag(shown_ == number),
                "gap": .flag(place > 0 && shown[place - 1] < shown_ - 1),
            ])
        }
    }
}
