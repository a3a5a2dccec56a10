internal import Ground

extension Parser {
    /// Reads an environment; its `\begin` is read.
    mutating func environment(from start: Int) throws(MathMistake) -> Formula {
        let name = try words(of: "\\begin")
        guard var table = Self.environments[name] else {
            let near = Suggestion.nearest(to: name, in: Self.environments.keys.sorted())
            throw MathMistake(
                at: start,
                "unknown environment '\(name)'",
                advice: near.map { "did you mean '\($0)'?" } ?? "the manual lists those that are read"
            )
        }
        if name == "array" { table.alignments = try columns() }
        table.rows = try rows(of: "this '\\begin{\(name)}' has no '\\end'", at: start) {
            $0 == .command("end")
        }
        let end = reader.offset
        _ = reader.next()
        let closed = try words(of: "\\end")
        guard closed == name else {
            throw MathMistake(at: end, "'\\end{\(closed)}' does not close '\\begin{\(name)}'")
        }
        return .table(table)
    }

    /// Reads lines one below the other.
    mutating func stack(from start: Int) throws(MathMistake) -> Formula {
        guard reader.skip("{") else {
            throw MathMistake(
                at: reader.offset,
                "'\\substack' wants an argument",
                advice: "write it in braces: {…}"
            )
        }
        let rows = try rows(of: "this '\\substack' is never closed", at: start) { $0 == .character("}") }
        _ = reader.next()
        return .table(.init(rows: rows, alignments: [.center], isClose: true))
    }
}

extension Parser {
    private static let environments: [String: Formula.Table] = {
        func matrix(_ opening: String = "", _ closing: String = "") -> Formula.Table {
            .init(rows: [], alignments: [.center], opening: opening, closing: closing)
        }
        let sides = Array(repeating: [Formula.Table.Alignment.right, .left], count: 8).flatMap(\.self)
        let aligned = Formula.Table(rows: [], alignments: sides, isDisplay: true, isClose: true)
        let gathered = Formula.Table(rows: [], alignments: [.center], isDisplay: true, isClose: true)
        return [
            "matrix": matrix(), "smallmatrix": matrix(), "array": matrix(), "pmatrix": matrix("(", ")"),
            "bmatrix": matrix("[", "]"), "Bmatrix": matrix("{", "}"), "vmatrix": matrix("|", "|"),
            "Vmatrix": matrix("‖", "‖"), "cases": .init(rows: [], alignments: [.left], opening: "{"),
            "rcases": .init(rows: [], alignments: [.left], closing: "}"), "aligned": aligned,
            "align": aligned,
            "align*": aligned, "split": aligned, "gathered": gathered, "gather": gathered,
            "gather*": gathered,
        ]
    }()

    /// Reads rows parted by `\\` and cells parted by `&`, up to what ends them.
    private mutating func rows(
        of unclosed: String,
        at start: Int,
        until isEnd: (Reader.Token) -> Bool
    ) throws(MathMistake) -> [[Formula]] {
        var rows: [[Formula]] = [[]]
        while true {
            let cell = try nested { parser throws(MathMistake) in try parser.row() }
            rows[rows.count - 1].append(cell)
            let token = reader.peek()
            switch token {
            case .character("&"): _ = reader.next()
            case .command("\\"):
                _ = reader.next()
                try skipLength()
                rows.append([])
            case _ where isEnd(token):
                // A last `\\` begins no row.
                if rows.count > 1, rows.last == [.row([])] { rows.removeLast() }
                return rows
            case .end: throw MathMistake(at: start, unclosed)
            default: throw misplaced(token)
            }
        }
    }

    /// Passes over the room that may be asked for behind `\\`, which the style sheet decides.
    private mutating func skipLength() throws(MathMistake) {
        guard reader.current == "[" else { return }
        let start = reader.offset
        while let scalar = reader.current {
            reader.advance()
            if scalar == "]" { return }
        }
        throw MathMistake(at: start, "this '[' is never closed")
    }

    private mutating func columns() throws(MathMistake) -> [Formula.Table.Alignment] {
        _ = reader.peek()
        let start = reader.offset
        var alignments: [Formula.Table.Alignment] = []
        for letter in try words(of: "\\begin{array}") {
            switch letter {
            case "l": alignments.append(.left)
            case "c": alignments.append(.center)
            case "r": alignments.append(.right)
            case " ": break
            default:
                throw MathMistake(at: start, "unknown column '\(letter)'", advice: "columns are l, c and r")
            }
        }
        return alignments.isEmpty ? [.center] : alignments
    }
}
