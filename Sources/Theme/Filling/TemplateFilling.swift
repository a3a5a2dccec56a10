/// One filling of a template: the bytes so far, and the values that names are looked up in.
struct TemplateFilling {
    /// Where in a list a section is being filled.
    private struct Element {
        var index: Int
        let count: Int
    }

    private let program: TemplateProgram
    private let steps: UnsafeBufferPointer<TemplateProgram.Step>
    private let texts: UnsafeBufferPointer<UInt8>
    private let names: UnsafeBufferPointer<TemplateProgram.Name>
    private let keys: UnsafeBufferPointer<String>
    private var bytes: [UInt8] = []
    /// The last one is the current value, those before it are around it.
    private var values: [TemplateValue]
    private var element: Element?
    /// What lines begin with in a partial that was indented.
    private var indentation: [UInt8] = []

    /// Fills a template of a program; nil where there is none of this name.
    static func fill(
        _ template: String,
        of program: TemplateProgram,
        _ context: [String: TemplateValue]
    ) -> [UInt8]? {
        guard let number = program.numbers[template] else { return nil }
        return program.steps.withUnsafeBufferPointer { steps in
            program.texts.withUnsafeBufferPointer { texts in
                program.names.withUnsafeBufferPointer { names in
                    program.keys.withUnsafeBufferPointer { keys in
                        var filling = TemplateFilling(program, steps, texts, names, keys, context)
                        filling.fill(program.bodies[number])
                        return filling.bytes
                    }
                }
            }
        }
    }

    /// The buffers are the program's, and good as long as this filling lives.
    private init(
        _ program: TemplateProgram,
        _ steps: UnsafeBufferPointer<TemplateProgram.Step>,
        _ texts: UnsafeBufferPointer<UInt8>,
        _ names: UnsafeBufferPointer<TemplateProgram.Name>,
        _ keys: UnsafeBufferPointer<String>,
        _ context: [String: TemplateValue]
    ) {
        self.program = program
        self.steps = steps
        self.texts = texts
        self.names = names
        self.keys = keys
        values = [.table(context)]
        // Most pages have room in this, so that nothing is moved as they grow.
        bytes.reserveCapacity(1 << 14)
    }

    private mutating func fill(_ body: Range<Int32>) {
        var position = Int(body.lowerBound)
        let end = Int(body.upperBound)
        guard !indentation.isEmpty else {
            while position < end { position = fill(stepAt: position) }
            return
        }
        let start = bytes.count
        while position < end {
            let before = bytes.count
            position = fill(stepAt: position)
            if bytes.count > before, Self.endsLine(bytes[start..<before]) {
                bytes.insert(contentsOf: indentation, at: before)
            }
        }
    }
}

extension TemplateFilling {
    /// Fills one step, with those in it; the position of the next.
    private mutating func fill(stepAt position: Int) -> Int {
        let step = steps[position]
        switch step.kind {
        case .text: bytes.append(contentsOf: texts[Int(step.start)..<Int(step.end)])
        case .escaped: if let value = value(of: step.name) { write(value, isEscaped: true) }
        case .plain: if let value = value(of: step.name) { write(value, isEscaped: false) }
        case .section:
            if let value = value(of: step.name) { fill(Int32(position + 1)..<step.end, with: value) }
            return Int(step.end)
        case .inverted:
            fill(Int32(position + 1)..<step.end, without: value(of: step.name))
            return Int(step.end)
        case .partial: fill(partial: step)
        }
        return position + 1
    }

    private mutating func fill(_ body: Range<Int32>, with value: TemplateValue) {
        switch value {
        case .list(let list):
            for (index, value) in list.enumerated() {
                fill(body, in: value, Element(index: index, count: list.count))
            }
        case .flag(let flag): if flag { fill(body) }
        case .text(let text), .html(let text): if !text.isEmpty { fill(body, in: value, nil) }
        case .markup(let bytes): if !bytes.isEmpty { fill(body, in: value, nil) }
        case .number, .table: fill(body, in: value, nil)
        }
    }

    private mutating func fill(_ body: Range<Int32>, without value: TemplateValue?) {
        switch value {
        case nil, .flag(false): fill(body)
        case .list(let list)?: if list.isEmpty { fill(body, in: .list(list), nil) }
        case .text(let text)?, .html(let text)?: if text.isEmpty { fill(body) }
        case .markup(let bytes)?: if bytes.isEmpty { fill(body) }
        case .flag(true), .number, .table: break
        }
    }

    private mutating func fill(_ body: Range<Int32>, in value: TemplateValue, _ element: Element?) {
        let outer = self.element
        self.element = element
        values.append(value)
        fill(body)
        values.removeLast()
        self.element = outer
    }

    private mutating func fill(partial step: TemplateProgram.Step) {
        let outerElement = element
        element = nil
        let own = texts[Int(step.start)..<Int(step.end)]
        indentation += own
        fill(program.bodies[Int(step.name)])
        indentation.removeLast(own.count)
        element = outerElement
    }

    /// Counts `\r\n` as one character, which is no `\n`, as the library does.
    private static func endsLine(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.last == UInt8(ascii: "\n") && bytes.dropLast().last != UInt8(ascii: "\r")
    }
}

extension TemplateFilling {
    private func value(of number: Int32) -> TemplateValue? {
        let name = names[Int(number)]
        let found: TemplateValue?
        switch name.subject {
        case .current: found = values.last
        case .own: found = values.last.flatMap { value(in: $0, at: name.keys) }
        case .path: found = value(at: name.keys)
        case .element: return place(name.transform < 0 ? nil : keys[Int(name.transform)])
        }
        guard name.transform >= 0 else { return found }
        let transform = keys[Int(name.transform)]
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

    private func value(at path: Range<Int32>) -> TemplateValue? {
        for value in values.reversed() {
            if case .table(let table) = value, let found = table[keys[Int(path.lowerBound)]] {
                return self.value(in: found, at: path.dropFirst())
            }
        }
        return nil
    }

    private func value(in value: TemplateValue, at path: Range<Int32>) -> TemplateValue? {
        var value = value
        for key in path {
            guard case .table(let table) = value, let found = table[keys[Int(key)]] else { return nil }
            value = found
        }
        return value
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
