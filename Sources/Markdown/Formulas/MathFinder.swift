/// Finds the formulas of a text.
///
/// As in pandoc (extension `tex_math_dollars`): a `$` opens where no blank follows, and the next `$` closes it if no blank
/// stands before that and no digit behind, so that `$5 and $6` is prose. An escaped `\$` is never one, and none is looked
/// for in code, raw HTML, and the destinations of links; nor does a formula go on into code, but within its braces, where
/// backticks are TeX's quotes. `$$` opens and closes a formula that stands alone and may go on over lines, but not over a blank one.
struct MathFinder {
    private let source: SourceText
    private(set) var found: [MathSpan] = []
    /// Where the last formula ends.
    private var end = 0

    /// `root` is the tree of the same text.
    init(_ source: SourceText, root: Node) {
        self.source = source
        var walk = TreeWalk(root)
        var quotes: [Int] = []
        while let step = walk.next() {
            switch step.kind {
            case .blockQuote:
                if step.isEntering { quotes.append(step.node.startColumn) } else { quotes.removeLast() }
            case .paragraph, .heading:
                search(step.node, quotes: quotes, mayGoOn: step.node.mayGoOn)
                walk.skip()
            default: break
            }
        }
    }
}

extension MathFinder {
    private mutating func search(_ leaf: Node, quotes: [Int], mayGoOn: Bool) {
        guard source.range(ofLine: leaf.endLine).upperBound > end else { return }
        let own = source.contentLines(of: leaf, quotes: quotes)
        let hasTable = source.hasDelimiterCandidate(in: leaf.startLine...max(leaf.startLine, leaf.endLine))
        var lines = own.map(\.range)
        // To libcmark a line such as `- b` ends a paragraph; in a formula that stands alone it is a difference.
        var mayGoOn = mayGoOn && own.contains { source.bytes[$0.range].hasDoubleDollar }
        var next = (own.last?.line ?? leaf.endLine) + 1
        while mayGoOn, next <= source.lineCount, !source.isBlank(line: next) {
            let line = source.range(ofLine: next)
            lines.append(line)
            // Here a formula that began above ends, or it is none: what comes after is read for another paragraph.
            mayGoOn = !source.bytes[line].hasDoubleDollar
            next += 1
        }
        var scan = MathScan(source.bytes, lines: lines, own: own.count, stopsAtPipes: hasTable, from: end)
        while let span = scan.next() {
            found.append(span)
            end = span.whole.last?.upperBound ?? end
        }
    }
}

extension Node {
    /// Whether a formula that begins here may go on below: not out of a quote, a list, or a heading of one line.
    fileprivate var mayGoOn: Bool { parent?.kind == .document && !(kind == .heading && startLine == endLine) }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate var hasDoubleDollar: Bool {
        zip(self, dropFirst()).contains { $0 == UInt8(ascii: "$") && $1 == UInt8(ascii: "$") }
    }
}

/// Looks for the formulas of one paragraph.
private struct MathScan {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let lines: [Range<Int>]
    /// How many of the lines are the paragraph's own; only a formula may go on into the others.
    private let own: Int
    private let stopsAtPipes: Bool
    private var place: Place

    /// A line's index and a byte in it, or the byte behind its last.
    private struct Place {
        var line: Int
        var byte: Int
    }

    init(
        _ bytes: UnsafeBufferPointer<UInt8>,
        lines: [Range<Int>],
        own: Int,
        stopsAtPipes: Bool,
        from end: Int
    ) {
        self.bytes = bytes
        self.lines = lines
        self.own = own
        self.stopsAtPipes = stopsAtPipes
        let line = lines.firstIndex { $0.upperBound > end } ?? lines.count
        place = Place(line: line, byte: line < lines.count ? max(lines[line].lowerBound, end) : end)
    }

    mutating func next() -> MathSpan? {
        while place.line < own {
            guard let byte = byte(at: place) else {
                place = lineStart(place.line + 1)
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): skip(2)
            case UInt8(ascii: "`"): skipCode()
            case UInt8(ascii: "<"): skipTag()
            case UInt8(ascii: "]") where self.byte(at: place, 1) == UInt8(ascii: "("): skipDestination()
            case UInt8(ascii: ":") where self.byte(at: place, 1) == UInt8(ascii: "/"): skipAddress()
            case UInt8(ascii: "$"):
                if let span = formula() { return span }
            default: skip(1)
            }
        }
        return nil
    }
}

extension MathScan {
    private func lineStart(_ line: Int) -> Place {
        Place(line: line, byte: line < lines.count ? lines[line].lowerBound : 0)
    }

    private func byte(at place: Place, _ distance: Int = 0) -> UInt8? {
        guard place.line < lines.count else { return nil }
        let position = place.byte + distance
        return lines[place.line].contains(position) ? bytes[position] : nil
    }

    private mutating func skip(_ count: Int) {
        place.byte = min(place.byte + count, lines[place.line].upperBound)
    }

    private func run(of byte: UInt8, at place: Place) -> Int {
        var count = 0
        while self.byte(at: place, count) == byte { count += 1 }
        return count
    }

    /// Passes over a code span, or over backticks that begin none.
    private mutating func skipCode() {
        place = codeEnd(from: place) ?? behind(run(of: UInt8(ascii: "`"), at: place), from: place)
    }

    private func behind(_ count: Int, from place: Place) -> Place {
        Place(line: place.line, byte: place.byte + count)
    }

    /// Where the code ends that these backticks begin; nil where they begin none.
    private func codeEnd(from start: Place) -> Place? {
        let length = run(of: UInt8(ascii: "`"), at: start)
        var ahead = behind(length, from: start)
        while ahead.line < own {
            guard let byte = byte(at: ahead) else {
                ahead = lineStart(ahead.line + 1)
                continue
            }
            guard byte == UInt8(ascii: "`") else {
                ahead.byte += 1
                continue
            }
            let other = run(of: byte, at: ahead)
            ahead.byte += other
            if other == length { return ahead }
        }
        return nil
    }

    /// Of a tag or a destination, in bytes; without an end to the search, many that are never closed would cost too much.
    private static let longestMarkup = 2000

    /// Passes over a tag or an address in angle brackets.
    private mutating func skipTag() {
        let next = byte(at: place, 1) ?? 0
        let letter = next | 0x20
        let begins = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") || next == UInt8(ascii: "/")
        let rest = bytes[place.byte..<lines[place.line].upperBound].prefix(Self.longestMarkup)
        guard begins, let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return skip(1) }
        place.byte = end + 1
    }

    /// Passes over what stands in parentheses behind a link's text, on one line.
    private mutating func skipDestination() {
        var depth = 0
        var distance = 1
        while distance < Self.longestMarkup, let byte = byte(at: place, distance) {
            switch byte {
            case UInt8(ascii: "\\"): distance += 1
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            distance += 1
            if depth == 0 { return skip(distance) }
        }
        skip(2)
    }

    private mutating func skipAddress() {
        guard byte(at: place, 2) == UInt8(ascii: "/") else { return skip(1) }
        // Code begins even there.
        while let byte = byte(at: place), byte > 0x20, byte != UInt8(ascii: "`") { skip(1) }
    }
}

extension MathScan {
    /// Reads a formula at a `$`; passes over the signs where none begins.
    private mutating func formula() -> MathSpan? {
        let count = run(of: UInt8(ascii: "$"), at: place)
        guard count <= 2, let close = count == 2 ? displayEnd() : inlineEnd() else {
            skip(count)
            return nil
        }
        let first = Place(line: place.line, byte: place.byte + count)
        let span = MathSpan(
            start: place.byte,
            lines: ranges(from: first, to: close),
            isDisplay: count == 2,
            whole: ranges(from: place, to: Place(line: close.line, byte: close.byte + count))
        )
        place = Place(line: close.line, byte: close.byte + count)
        return span
    }

    private func ranges(from start: Place, to end: Place) -> [Range<Int>] {
        (start.line...end.line).map { line in
            let from = line == start.line ? start.byte : lines[line].lowerBound
            let to = line == end.line ? end.byte : lines[line].upperBound
            return from..<max(from, to)
        }
    }

    private func inlineEnd() -> Place? {
        var ahead = Place(line: place.line, byte: place.byte + 1)
        guard let first = byte(at: ahead), first > 0x20 else { return nil }
        var braces = 0
        while ahead.line < own {
            guard let byte = byte(at: ahead) else {
                guard !stopsAtPipes else { return nil }
                ahead = lineStart(ahead.line + 1)
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): ahead.byte += 2
            case UInt8(ascii: "|") where stopsAtPipes: return nil
            case UInt8(ascii: "`"):
                guard let next = passBackticks(at: ahead, braces) else { return nil }
                ahead = next
            case UInt8(ascii: "$"):
                let next = self.byte(at: ahead, 1) ?? 0
                let isDigit = next >= UInt8(ascii: "0") && next <= UInt8(ascii: "9")
                let before = self.byte(at: ahead, -1) ?? 0x20
                return before > 0x20 && !isDigit && next != UInt8(ascii: "$") ? ahead : nil
            default:
                braces += Self.depth(of: byte)
                ahead.byte += 1
            }
        }
        return nil
    }

    /// The place behind backticks in a formula, with so many braces open; nil where they begin code.
    private func passBackticks(at place: Place, _ braces: Int) -> Place? {
        guard braces > 0 || codeEnd(from: place) == nil else { return nil }
        return behind(run(of: UInt8(ascii: "`"), at: place), from: place)
    }

    private static func depth(of byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "{"): 1
        case UInt8(ascii: "}"): -1
        default: 0
        }
    }

    private func displayEnd() -> Place? {
        var ahead = Place(line: place.line, byte: place.byte + 2)
        var isEmpty = true
        var braces = 0
        while ahead.line < lines.count {
            guard let byte = byte(at: ahead) else {
                guard !stopsAtPipes else { return nil }
                ahead = lineStart(ahead.line + 1)
                continue
            }
            switch byte {
            case UInt8(ascii: "|") where stopsAtPipes: return nil
            case UInt8(ascii: "\\"):
                ahead.byte += 2
                isEmpty = false
            case UInt8(ascii: "`"):
                guard let next = passBackticks(at: ahead, braces) else { return nil }
                ahead = next
                isEmpty = false
            case UInt8(ascii: "$"):
                return self.byte(at: ahead, 1) == byte && !isEmpty ? ahead : nil
            default:
                isEmpty = isEmpty && byte <= 0x20
                braces += Self.depth(of: byte)
                ahead.byte += 1
            }
        }
        return nil
    }
}
