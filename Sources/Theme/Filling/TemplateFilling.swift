/// One filling of a template: the bytes so far, and the values that names are looked up in.
struct TemplateFilling {
    /// Where in a list a section is being filled.
    private struct Element {
        var index: Int
        let count: Int
    }

    private let codes: [String: TemplateCode]
    private(set) var bytes: [UInt8] = []
    /// The last one is the current value, those before it are around it.
    private var values: [TemplateValue]
    private var element: Element?
    /// What lines begin with in a partial that was indented.
    private var indentation: [UInt8] = []

    init(_ codes: [String: TemplateCode], _ context: [String: TemplateValue]) {
        self.codes = codes
        values = [.table(context)]
        // Most pages have room in this, so that nothing is moved as they grow.
        bytes.reserveCapacity(1 << 14)
    }

    mutating func fill(_ code: TemplateCode) {
        guard !indentation.isEmpty else {
            for step in code.steps { fill(step) }
            return
        }
        let start = bytes.count
        for step in code.steps {
            let position = bytes.count
            fill(step)
            if bytes.count > position, Self.endsLine(bytes[start..<position]) {
                bytes.insert(contentsOf: indentation, at: position)
            }
        }
    }
}

extension TemplateFilling {
    private mutating func fill(_ step: TemplateCode.Step) {
        switch step {
        case .text(let text): bytes.append(contentsOf: text)
        case .value(let name, let isEscaped): value(of: name).map { write($0, isEscaped: isEscaped) }
        case .section(let name, let code): value(of: name).map { fill(code, with: $0) }
        case .inverted(let name, let code): fill(code, without: value(of: name))
        case .partial(let name, let indentation): fill(partial: name, indentation)
        }
    }

    private mutating func fill(_ code: TemplateCode, with value: TemplateValue) {
        switch value {
        case .list(let list):
            for (index, value) in list.enumerated() {
                fill(code, in: value, Element(index: index, count: list.count))
            }
        case .flag(let flag): if flag { fill(code) }
        case .text(let text), .html(let text): if !text.isEmpty { fill(code, in: value, nil) }
        case .markup(let bytes): if !bytes.isEmpty { fill(code, in: value, nil) }
        case .number, .table: fill(code, in: value, nil)
        }
    }

    private mutating func fill(_ code: TemplateCode, without value: TemplateValue?) {
        switch value {
        case nil, .flag(false): fill(code)
        case .list(let list)?: if list.isEmpty { fill(code, in: .list(list), nil) }
        case .text(let text)?, .html(let text)?: if text.isEmpty { fill(code) }
        case .markup(let bytes)?: if bytes.isEmpty { fill(code) }
        case .flag(true), .number, .table: break
        }
    }

    private mutating func fill(_ code: TemplateCode, in value: TemplateValue, _ element: Element?) {
        let outer = self.element
        self.element = element
        values.append(value)
        fill(code)
        values.removeLast()
        self.element = outer
    }

    private mutating func fill(partial name: String, _ more: [UInt8]) {
        guard let code = codes[name] else { return }
        let outer = (element, indentation)
        element = nil
        if !more.isEmpty { indentation += more }
        fill(code)
        (element, indentation) = outer
    }

    /// Counts `\r\n` as one character, which is no `\n`, as the library does.
    private static func endsLine(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.last == UInt8(ascii: "\n") && bytes.dropLast().last != UInt8(ascii: "\r")
    }
}

extension TemplateFilling {
    private func value(of name: TemplateName) -> TemplateValue? {
        let found: TemplateValue?
        switch name.subject {
        case .current: found = values.last
        case .own(let keys): found = values.last.flatMap { Self.value(in: $0, at: keys[...]) }
        case .path(let keys): found = value(at: keys)
        case .element: return place(name.transform)
        }
        guard let transform = name.transform else { return found }
        if case .number(let number) = found {
            return PluralRule.answer(to: transform, for: number).map(TemplateValue.flag)
        }
        guard case .list(let list) = found else { return nil }
        return switch transform {
        case "empty": .flag(list.isEmpty)
        case "count": .number(list.count)
        default: nil
        }
    }

    private func value(at keys: [String]) -> TemplateValue? {
        for value in values.reversed() {
            if case .table(let table) = value, let found = table[keys[0]] {
                return Self.value(in: found, at: keys.dropFirst())
            }
        }
        return nil
    }

    private static func value(in value: TemplateValue, at keys: ArraySlice<String>) -> TemplateValue? {
        guard let key = keys.first else { return value }
        guard case .table(let table) = value, let found = table[key] else { return nil }
        return Self.value(in: found, at: keys.dropFirst())
    }

    private func place(_ transform: String?) -> TemplateValue? {
        guard let element else { return nil }
        return switch transform {
        case "first": .flag(element.index == 0)
        case "last": .flag(element.index == element.count - 1)
        case "index": .number(element.index)
        case "even": .flag(element.index.isMultiple(of: 2))
        case "odd": .flag(!element.index.isMultiple(of: 2))
        default: nil
        }
    }

    private mutating func write(_ value: TemplateValue, isEscaped: Bool) {
        switch value {
        case .text(let text), .html(let text): write(text, isEscaped: isEscaped)
        case .markup(let bytes) where !isEscaped: self.bytes.append(contentsOf: bytes)
        case .markup(let bytes): write(String(decoding: bytes, as: UTF8.self), isEscaped: isEscaped)
        case .number(let number): write(String(number), isEscaped: isEscaped)
        case .flag(let flag): write(flag ? "true" : "false", isEscaped: isEscaped)
        case .list, .table: write(value.json, isEscaped: isEscaped)
        }
    }

    private mutating func write(_ text: String, isEscaped: Bool) {
        if isEscaped {
            HTMLEscaping.append(text, to: &bytes)
        } else {
            bytes.append(contentsOf: text.utf8)
        }
    }
}
