/// Writes a formula as MathML Core, which browsers draw by themselves.
struct MathMLWriter {
    private(set) var text = ""

    mutating func write(root: Formula, _ style: MathML.Style) {
        text += style == .display ? "<math display=\"block\">" : "<math>"
        writeItems(of: root)
        text += "</math>"
    }

    /// Writes a formula as exactly one element.
    private mutating func write(_ formula: Formula) {
        switch formula {
        case .row(let items):
            if items.count == 1 {
                write(items[0])
            } else {
                element("mrow") { $0.write(items: items) }
            }
        case .identifier(let name, let isUpright):
            let isLetter = name.unicodeScalars.count == 1
            leaf(isUpright && isLetter ? "mi mathvariant=\"normal\"" : "mi", name)
        case .number(let digits): leaf("mn", digits)
        case .symbol(let symbol): write(symbol)
        case .function(let name): leaf("mi", name)
        case .text(let words):
            // HTML would drop blanks at the ends.
            leaf("mtext", String(words.map { $0.isWhitespace ? "\u{a0}" : $0 }))
        case .space(let width): text += "<mspace width=\"\(width)\"></mspace>"
        case .sized(let bracket, let size):
            leaf("mo stretchy=\"true\" minsize=\"\(size)\" maxsize=\"\(size)\"", bracket)
        default: writeConstruct(formula)
        }
    }

    private mutating func writeConstruct(_ formula: Formula) {
        switch formula {
        case .fraction(let top, let bottom, let fraction): write(fraction, top, bottom)
        case .root(let inner, nil): element("msqrt") { $0.writeItems(of: inner) }
        case .root(let inner, let index?): element("mroot") { $0.write([inner, index]) }
        case .scripts(let base, let sub, let sup, let limits): write(base, sub, sup, limits)
        case .over(let base, let mark, let isAccent):
            element(isAccent ? "mover accent=\"true\"" : "mover") { $0.write([base, mark]) }
        case .under(let base, let mark, let isAccent):
            element(isAccent ? "munder accentunder=\"true\"" : "munder") { $0.write([base, mark]) }
        case .fenced(let fences): element("mrow") { $0.write(fences) }
        case .table(let table): write(table)
        case .styled(let inner, let isDisplay):
            element("mstyle displaystyle=\"\(isDisplay)\"") { $0.writeItems(of: inner) }
        case .phantom(let inner): element("mphantom") { $0.writeItems(of: inner) }
        default: break
        }
    }
}

extension MathMLWriter {
    private mutating func element(_ tag: String, _ content: (inout MathMLWriter) -> Void) {
        text += "<\(tag)>"
        content(&self)
        text += "</\(tag.prefix { $0 != " " })>"
    }

    private mutating func leaf(_ tag: String, _ words: String) {
        element(tag) { $0.escape(words) }
    }

    private mutating func escape(_ words: String) {
        for scalar in words.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// Writes several formulas, each as one element.
    private mutating func write(_ formulas: [Formula]) {
        for formula in formulas { write(formula) }
    }

    /// Writes a formula where any number of elements may stand.
    private mutating func writeItems(of formula: Formula) {
        if case .row(let items) = formula { write(items: items) } else { write(items: [formula]) }
    }

    /// Writes items side by side, with room around the names of functions.
    private mutating func write(items: [Formula]) {
        for (position, item) in items.enumerated() {
            if item.isFunction, position > 0, items[position - 1].isOperand { text += Self.thinSpace }
            write(item)
            guard item.isFunction, position + 1 < items.count else { continue }
            text += "<mo>\u{2061}</mo>"
            if items[position + 1].isOperand { text += Self.thinSpace }
        }
    }

    private static let thinSpace = "<mspace width=\"0.1667em\"></mspace>"

    private mutating func write(_ symbol: Formula.Symbol, limits: Formula.Limits? = nil) {
        var tag = "mo"
        if let stretches = symbol.stretches { tag += " stretchy=\"\(stretches)\"" }
        if symbol.isName {
            tag += " lspace=\"0.1667em\" rspace=\"0.1667em\""
        } else if symbol.isTight {
            tag += " lspace=\"0\" rspace=\"0\""
        }
        switch limits {
        case .belowAndAbove? where symbol.stretches == nil: tag += " movablelimits=\"false\""
        case .movable? where symbol.isName: tag += " movablelimits=\"true\""
        default: break
        }
        leaf(tag, symbol.text)
    }

    private mutating func write(_ fraction: Formula.Fraction, _ top: Formula, _ bottom: Formula) {
        if let isDisplay = fraction.isDisplay { text += "<mstyle displaystyle=\"\(isDisplay)\">" }
        element(fraction.hasLine ? "mfrac" : "mfrac linethickness=\"0\"") { $0.write([top, bottom]) }
        if fraction.isDisplay != nil { text += "</mstyle>" }
    }

    private mutating func write(_ base: Formula, _ sub: Formula?, _ sup: Formula?, _ limits: Formula.Limits) {
        let isBehind = limits == .behind
        let tag =
            switch (sub, sup) {
            case (nil, _): isBehind ? "msup" : "mover"
            case (_, nil): isBehind ? "msub" : "munder"
            default: isBehind ? "msubsup" : "munderover"
            }
        element(tag) { writer in
            if case .symbol(let symbol) = base {
                writer.write(symbol, limits: limits)
            } else {
                writer.write(base)
            }
            writer.write([sub, sup].compactMap(\.self))
        }
    }

    private mutating func write(_ fences: [Formula.Fence]) {
        for (position, fence) in fences.enumerated() {
            let isEnd = position == 0 || position == fences.count - 1
            if !fence.bracket.isEmpty {
                leaf(isEnd ? "mo fence=\"true\"" : "mo stretchy=\"true\"", fence.bracket)
            }
            if fence.body != .row([]) { write(fence.body) }
        }
    }

    private mutating func write(_ table: Formula.Table) {
        let isFenced = !table.opening.isEmpty || !table.closing.isEmpty
        if isFenced { text += "<mrow>" }
        if !table.opening.isEmpty { leaf("mo fence=\"true\"", table.opening) }
        let style = table.isDisplay ? " displaystyle=\"true\"" : ""
        element("mtable\(style)\(table.isClose ? " class=\"math-close\"" : "")") { writer in
            for row in table.rows {
                writer.element("mtr") { writer in
                    for (column, cell) in row.enumerated() { writer.write(cell, table.alignment(of: column)) }
                }
            }
        }
        if !table.closing.isEmpty { leaf("mo fence=\"true\"", table.closing) }
        if isFenced { text += "</mrow>" }
    }

    /// Core has no attribute for the alignment of cells, so a class says it to the theme.
    private mutating func write(_ cell: Formula, _ alignment: Formula.Table.Alignment) {
        let tag =
            switch alignment {
            case .left: "mtd class=\"math-left\""
            case .center: "mtd"
            case .right: "mtd class=\"math-right\""
            }
        element(tag) { $0.writeItems(of: cell) }
    }
}

extension Formula {
    fileprivate var isFunction: Bool {
        switch self {
        case .function: true
        case .scripts(.function, _, _, _): true
        default: false
        }
    }

    /// Whether it is something that a function is applied to or stands behind, rather than a sign between.
    fileprivate var isOperand: Bool {
        switch self {
        case .identifier, .number, .function, .fraction, .root, .text, .table, .over, .under: true
        case .scripts(let base, _, _, _): base.isOperand
        case .row(let items): items.first?.isOperand ?? false
        default: false
        }
    }
}

extension Formula.Table {
    fileprivate func alignment(of column: Int) -> Alignment {
        column < alignments.count ? alignments[column] : alignments.last ?? .center
    }
}
