internal import Ground

/// Code with `{% process=true %}` behind its fence, in which tags are tags.
///
/// Values, `if` and the theme's tags work; all between them is code. A tag that only opens or closes takes its line along
/// where it stands alone on it.
extension PageRendering {
    mutating func writeProcessed(_ code: [UInt8], marks: Range<Int>) {
        guard let tags else { return }
        var pieces = CodePieces(code, marks: marks, tags.text, depth: tags.depth)
        let problems = pieces.problems
        for problem in problems {
            report(at: places.place(ofOriginal: problem.offset), problem.problem, problem.advice)
        }
        guard problems.isEmpty else { return }
        write(&pieces, isShown: true)
    }

    /// Writes pieces up to the tag that closes what is open.
    private mutating func write(_ pieces: inout CodePieces, isShown: Bool) {
        while let piece = pieces.next() {
            switch piece {
            case .code(let code): if isShown { code.withUnsafeBufferPointer { html.text($0) } }
            case .tag(let syntax, let offset):
                switch syntax.kind {
                case .close: return
                case .interpolation(let expression):
                    if isShown, let value = checked(expression) { html.text(value.shown) }
                case .annotation: break
                case .open where syntax.name == BuiltInTag.if.rawValue:
                    writeChoice(syntax, &pieces, isShown: isShown)
                case .selfClosing where syntax.name == BuiltInTag.else.rawValue:
                    pieces.isAtElse = syntax; return
                case .open, .selfClosing: write(syntax, at: offset, &pieces, isShown: isShown)
                }
            }
        }
    }

    private mutating func writeChoice(_ tag: TagSyntax, _ pieces: inout CodePieces, isShown: Bool) {
        var isOver = false
        var condition = tag.primary
        while true {
            reportMistake(in: condition)
            let holds = condition.map { tags?.evaluator.value(of: $0).isTrue == true } ?? true
            write(&pieces, isShown: isShown && holds && !isOver)
            isOver = isOver || holds
            guard let next = pieces.isAtElse else { return }
            pieces.isAtElse = nil
            condition = next.primary
        }
    }

    private mutating func write(
        _ syntax: TagSyntax,
        at offset: Int,
        _ pieces: inout CodePieces,
        isShown: Bool
    ) {
        let place = places.place(ofOriginal: offset)
        let use = TagUse(syntax: syntax, place: place, isBlock: false)
        let definition = tags?.environment.definitions[syntax.name]
        let isOpen = if case .open = syntax.kind { true } else { false }
        var inner = pieces
        let content = isOpen ? captured { $0.write(&inner, isShown: isShown) } : ""
        pieces = inner
        guard let definition else {
            report(at: place, "unknown tag '\(syntax.name)' in code", advice(toUnknown: syntax.name))
            return
        }
        guard isShown else { return }
        let attributes = attributes(of: use, definition)
        tags?.made += 1
        let call = TagCall(
            name: syntax.name,
            attributes: attributes,
            content: content,
            items: [],
            slots: [:],
            isBlock: false,
            key: "tag~\(tags?.made ?? 0)"
        )
        do throws(Diagnostic) {
            guard var text = try tags?.environment.render(call).get() else { return }
            text.withUTF8 { html.verbatim($0) }
        } catch {
            diagnostics.append(error)
        }
    }
}

extension PageRendering {
    private func advice(toUnknown name: String) -> String? {
        switch BuiltInTag(rawValue: name) {
        case .members:
            return "write it around the code, once with what it says to some and once for the others"
        case .some: return "in code there are values, 'if' and the theme's tags only"
        case nil:
            let names = tags?.environment.definitions.keys.map(\.self) ?? []
            return Suggestion.nearest(to: name, in: names + ["if", "else"]).map { "did you mean '\($0)'?" }
        }
    }
}

/// Code parted at its tags.
struct CodePieces {
    enum Piece {
        case code([UInt8])
        case tag(TagSyntax, offset: Int)
    }

    private var pieces: [Piece] = []
    private var position = 0
    private(set) var problems: [TagSyntaxError] = []
    /// Whether only tags alone on their lines stood in the code so far.
    private var hasTakenLineEnd = false
    /// The `else` that ended the part that was written last.
    var isAtElse: TagSyntax?

    /// The marks are those of the code's lines; those of them that the code does not hold are passed over.
    init(_ code: [UInt8], marks: Range<Int>, _ text: TagText, depth: Int) {
        var written = 0
        var missed = 0
        for mark in marks.map({ text.marks[$0] }) where missed < 100 {
            let words = Array(text.original.bytes[mark.range])
            guard let start = code.firstRange(of: words, from: written) else {
                missed += 1
                continue
            }
            var syntax: TagSyntax?
            do throws(TagSyntaxError) {
                syntax = try text.syntax(of: mark)
            } catch {
                problems.append(error)
            }
            let end = start + words.count
            written = append(code, written..<start, before: end, isShown: syntax?.isShown ?? false)
            if let syntax { pieces.append(.tag(syntax, offset: mark.range.lowerBound)) }
        }
        if written < code.count { pieces.append(.code(Array(code[written...]))) }
        checkNesting(depth)
    }

    mutating func next() -> Piece? {
        guard position < pieces.count else { return nil }
        defer { position += 1 }
        return pieces[position]
    }

    /// Adds the code before a tag that ends at a byte; returns where the code goes on behind it.
    ///
    /// A tag alone on its line takes the line end before it along, or at the code's beginning the one behind it, unless
    /// something stands in its place.
    private mutating func append(
        _ code: [UInt8],
        _ range: Range<Int>,
        before end: Int,
        isShown: Bool
    ) -> Int {
        let words = code[range]
        let lineEnd = words.lastIndex(of: UInt8(ascii: "\n"))
        let isAtStart = lineEnd == nil && (range.lowerBound == 0 || hasTakenLineEnd)
        let isAlone =
            !isShown && (lineEnd != nil || isAtStart)
            && (end == code.count || code[end] == UInt8(ascii: "\n"))
            && code[(lineEnd.map { $0 + 1 } ?? range.lowerBound)..<range.upperBound]
                .allSatisfy { $0 == 0x20 || $0 == 0x09 }
        hasTakenLineEnd = isAlone && isAtStart
        let kept = isAlone ? range.lowerBound..<(lineEnd ?? range.lowerBound) : range
        if !kept.isEmpty { pieces.append(.code(Array(code[kept]))) }
        return hasTakenLineEnd ? min(end + 1, code.count) : end
    }

    /// Whether all that is opened in the code is closed in it, in the same order.
    private mutating func checkNesting(_ depth: Int) {
        var open: [(name: String, offset: Int)] = []
        for case .tag(let syntax, let offset) in pieces {
            switch syntax.kind {
            case .open:
                open.append((syntax.name, offset))
                guard depth + open.count <= TagPairing.deepest else {
                    let problem = "tags are nested deeper than \(TagPairing.deepest) levels"
                    problems.append(TagSyntaxError(offset, problem))
                    return
                }
            case .close:
                guard open.last?.name == syntax.name else {
                    problems.append(TagSyntaxError(offset, "'/\(syntax.name)' closes nothing in this code"))
                    return
                }
                open.removeLast()
            default: break
            }
        }
        for tag in open {
            problems.append(
                TagSyntaxError(
                    tag.offset,
                    "the tag '\(tag.name)' is not closed in this code",
                    advice: "write '{% /\(tag.name) %}' in it"
                )
            )
        }
    }
}

extension TagSyntax {
    /// Whether it is a value, or a tag of the theme that holds nothing, so that its place is not empty.
    fileprivate var isShown: Bool {
        switch kind {
        case .interpolation: true
        case .selfClosing: name != BuiltInTag.else.rawValue
        case .open, .close, .annotation: false
        }
    }
}

extension [UInt8] {
    /// Where the same bytes begin, at a position or behind it.
    fileprivate func firstRange(of words: [UInt8], from start: Int) -> Int? {
        guard let first = words.first else { return nil }
        var position = start
        while position + words.count <= count {
            if self[position] == first, self[position..<(position + words.count)].elementsEqual(words) {
                return position
            }
            position += 1
        }
        return nil
    }
}
