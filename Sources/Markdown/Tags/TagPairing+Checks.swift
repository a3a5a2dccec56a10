internal import Ground

/// Whether a tag may stand where it does and is written as it must be.
extension TagPairing {
    /// Notes what is wrong; says no where the tag means nothing.
    mutating func check(_ use: TagUse) -> Bool {
        if let definition = definitions[use.name] {
            checkForm(use, definition)
            checkParents(use, definition)
            return true
        }
        guard let builtIn = BuiltInTag(rawValue: use.name) else {
            let known = Array(definitions.keys) + BuiltInTag.allCases.map(\.rawValue)
            report(
                at: use.place,
                "unknown tag '\(use.name)'",
                Suggestion.nearest(to: use.name, in: known).map { "did you mean '\($0)'?" }
                    ?? "the theme's tags are declared in its theme.config"
            )
            // Kept, so that its end is not blamed, too.
            return true
        }
        return check(use, builtIn)
    }

    private mutating func check(_ use: TagUse, _ tag: BuiltInTag) -> Bool {
        let isClosed = if case .selfClosing = use.syntax.kind { true } else { false }
        let mayBeClosed = tag == .partial
        if tag == .else {
            report(at: use.place, "'else' holds nothing of its own", "write {% else /%}")
            return false
        }
        if isClosed != mayBeClosed {
            report(
                at: use.place,
                mayBeClosed ? "'\(use.name)' holds nothing" : "'\(use.name)' must hold something",
                mayBeClosed ? "write {% \(use.name) … /%}" : "write {% \(use.name) %} … {% /\(use.name) %}"
            )
            return !isClosed
        }
        switch tag {
        case .if where use.syntax.primary == nil:
            report(at: use.place, "'if' has no condition", "write {% if $name %}")
        case .table where !use.isBlock, .partial where !use.isBlock:
            report(at: use.place, "'\(use.name)' stands on a line of its own", nil)
        case .slot: checkSlot(use)
        case .members:
            do throws(TagSyntaxError) {
                _ = try PartAccess(use.syntax)
            } catch {
                report(at: places.place(ofOriginal: error.offset), error.problem, error.advice)
            }
        default: break
        }
        return true
    }

    private mutating func checkSlot(_ use: TagUse) {
        guard let owner = around.last, let slots = definitions[owner]?.slots else {
            report(at: use.place, "a slot stands directly in a tag of the theme", nil)
            return
        }
        switch use.syntax.primary {
        case .value(.text(let name)):
            guard slots[name] == nil else { return }
            report(
                at: use.place,
                "'\(owner)' has no slot '\(name)'",
                slots.isEmpty ? nil : Suggestion.advice(for: name, among: slots.keys)
            )
        case nil: report(at: use.place, "a slot needs a name", "write {% slot \"name\" %}")
        default: report(at: use.place, "a slot's name is a text", "write {% slot \"name\" %}")
        }
    }

    private mutating func checkForm(_ use: TagUse, _ definition: TagDefinition) {
        if definition.isEmpty, case .open = use.syntax.kind {
            report(at: use.place, "'\(use.name)' holds nothing", "write {% \(use.name) … /%}")
        }
    }

    private mutating func checkParents(_ use: TagUse, _ definition: TagDefinition) {
        let around = around
        if !definition.parents.isEmpty, !definition.parents.contains(around.last ?? "") {
            let parents = definition.parents.map { "'\($0)'" }.joined(separator: " or ")
            let parent = definition.parents[0]
            report(
                at: use.place,
                "'\(use.name)' stands directly in \(parents) only",
                "put it between {% \(parent) %} and {% /\(parent) %}"
            )
        }
    }

    /// Where a tag names what it may hold, whatever else stands in it would be lost.
    mutating func checkContent(of tag: OpenTag, until end: Node) {
        if definitions[tag.use.name] == nil, tag.use.name == BuiltInTag.table.rawValue {
            checkRows(of: tag, until: end)
            return
        }
        guard let definition = definitions[tag.use.name], !definition.children.isEmpty else { return }
        var child = tag.node.next
        while let node = child, node != end {
            let use = uses.byNode[node]
            if !mayHold(node, use, definition) {
                let children = definition.children.map { $0 == "fence" ? "fenced code" : "'\($0)'" }
                let child = definition.children.first { $0 != "fence" }
                report(
                    at: use?.place ?? place(of: node) ?? tag.use.place,
                    "only \(children.joined(separator: " and ")) may stand directly in '\(tag.use.name)'",
                    "put this \(child.map { "into a {% \($0) %} … {% /\($0) %}, or " } ?? "")outside of '\(tag.use.name)'"
                )
            }
            // What a tag within holds is its own matter, but 'if' only chooses.
            let isChoice = use.map { BuiltInTag.choosing.contains($0.name) } ?? false
            child = skips[node] ?? (isChoice ? node.next : (use?.close ?? node).next)
        }
    }

    /// A table's rows are lists; what chooses among them is looked into.
    private mutating func checkRows(of tag: OpenTag, until end: Node) {
        var child = tag.node.next
        while let node = child, node != end {
            child = skips[node] ?? node.next
            switch node.kind {
            case .list, .thematicBreak: continue
            case .paragraph, .heading: if tables.contains(node) { continue }
            case .htmlBlock:
                let use = uses.byNode[node]
                if let use, !["if", "else", "comment", "members"].contains(use.name) { break }
                if use?.name == "comment" { child = (use?.close ?? node).next }
                if isMark(node) || !RawHTML.showsSomething(node.literal) { continue }
            default: break
            }
            report(
                at: uses.byNode[node]?.place ?? place(of: node) ?? tag.use.place,
                "\(node.blockName) stands in a table where a row is expected",
                "a row is a list of its cells, rows are parted by '---'; indent what belongs to a cell"
            )
            if let close = uses.byNode[node]?.close { child = close.next }
        }
    }

    private func mayHold(_ node: Node, _ use: TagUse?, _ definition: TagDefinition) -> Bool {
        if let use {
            if definition.children.contains(use.name) { return true }
            return definitions[use.name] == nil && BuiltInTag(rawValue: use.name) != nil
                && use.name != "table"
        }
        switch node.kind {
        case .codeBlock: return definition.children.contains("fence")
        // What closes an `if`, and comments.
        case .htmlBlock, .htmlInline: return !RawHTML.showsSomething(node.literal) || isMark(node)
        case .softBreak: return true
        case .text: return node.literal.allSatisfy { $0 <= 0x20 }
        default: return false
        }
    }

    private func isMark(_ node: Node) -> Bool {
        guard let code = text.code else { return false }
        return node.kind == .htmlBlock
            ? text.mark(ofBlock: node) != nil
            : code.number(at: 0, in: node.literal) != nil
    }

    private mutating func place(of node: Node) -> Place? {
        node.kind.isBlock ? places.place(line: node.startLine, column: node.startColumn) : nil
    }
}
