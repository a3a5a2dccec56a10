internal import Ground

/// Code in a text that has tags: what stands in it comes out as the author wrote it.
extension PageRendering {
    /// Writes a block of code in whose lines a tag stands, or that stands in a tag; says no where neither is so.
    mutating func write(codeWithTags block: Node) -> Bool {
        guard let tags else { return false }
        let first = places.originalLine(block.startLine)
        let marks = tags.text.marks(inLines: first...max(first, places.originalLine(block.endLine)))
        guard !marks.isEmpty || !tags.frames.isEmpty else { return false }
        html.startLine()
        let begin = html.bytes.count
        if marks.isEmpty {
            writeCode(block)
            note(fence: block, FenceInfo(block.fenceInfo, tags.text), HTMLAttributes(), from: begin)
        } else {
            write(block, marks, tags.text, from: begin)
        }
        return true
    }

    private mutating func write(_ block: Node, _ marks: Range<Int>, _ text: TagText, from begin: Int) {
        let isFenced = isFenced(block)
        let info = isFenced ? FenceInfo(block.fenceInfo, text) : FenceInfo()
        report(info.error)
        let first = places.originalLine(block.startLine)
        let code = text.restoredCode(block.literal, firstLine: first + (isFenced ? 1 : 0))
        if info.annotation.isEmpty, writesFormula(code, block, info.written) { return }
        var attributes = HTMLAttributes()
        for attribute in info.annotation { add(attribute, of: .fence, to: &attributes) }
        let isProcessed = attributes.take("process") == "true"
        // As for code without tags: what stands behind the language means something only where code is coloured.
        let details = coloring == nil ? CodeInfo([]) : CodeInfo(info.written)
        warn(of: details, code, block)
        writeTitle(of: details)
        if details.isNumbered { attributes.set("class", CodeInfo.numbered) }
        html.markup("<pre")
        write(attributes)
        writeStart(ofCodeIn: info.language)
        if isProcessed {
            // The tag behind the fence is no part of the code.
            let own = text.marks(inLines: first...first)
            writeProcessed(code, marks: max(marks.lowerBound, own.upperBound)..<marks.upperBound)
        } else {
            writeLines(of: colored(code, info.language, of: block), details)
        }
        html.markup("</code></pre>\n")
        note(fence: block, info, attributes, from: begin)
    }

    private mutating func report(_ error: TagSyntaxError?) {
        guard let error else { return }
        report(at: places.place(ofOriginal: error.offset), error.problem, error.advice)
    }

    /// Tells the tag around of a block of code that stands directly in it.
    private mutating func note(
        fence block: Node,
        _ info: FenceInfo,
        _ attributes: HTMLAttributes,
        from begin: Int
    ) {
        guard tags?.frames.isEmpty == false else { return }
        var values = attributes.values.mapValues(TagValue.text)
        values["language"] = .text(info.language)
        let code = String(decoding: html.bytes[begin...], as: UTF8.self)
        note(TagCall.Item(name: "fence", attributes: values, content: code, html: code), in: block.parent)
    }

    /// Whether code stands between fences, not in indented lines.
    private func isFenced(_ block: Node) -> Bool {
        if !block.fenceInfo.isEmpty { return true }
        let line = source.range(ofLine: block.startLine)
        let opening = source.bytes[
            min(line.lowerBound + max(block.startColumn, 1) - 1, line.upperBound)..<line.upperBound
        ]
        guard opening.starts(with: "```".utf8) || opening.starts(with: "~~~".utf8) else { return false }
        // An indented line that looks like a fence is the code's own first line.
        return !block.literal.prefix { !TagScan.isLineEnd($0) }.elementsEqual(opening)
    }
}

/// What stands behind an opening fence.
struct FenceInfo {
    private(set) var language = ""
    /// All that stands there besides the annotation.
    private(set) var written: [UInt8] = []
    private(set) var annotation: [TagSyntax.Attribute] = []
    private(set) var error: TagSyntaxError?

    init() {}

    init(_ info: UnsafeBufferPointer<UInt8>, _ text: TagText) {
        guard let code = text.code,
            let start = info.indices.first(where: { code.number(at: $0, in: info) != nil }),
            let number = code.number(at: start, in: info), number < text.marks.count
        else {
            language = Self.word(info[...])
            written = Array(info)
            return
        }
        let end = info[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? info.endIndex
        written = Array(info[..<start]) + Array(info[end...])
        language = Self.word(info[..<start])
        do throws(TagSyntaxError) {
            let syntax = try text.syntax(of: text.marks[number])
            if case .annotation = syntax.kind {
                annotation = syntax.attributes
            } else {
                error = TagSyntaxError(
                    text.marks[number].range.lowerBound,
                    "only an annotation can stand behind a fence",
                    advice: "write {% title=\"…\" %}"
                )
            }
        } catch {
            self.error = error
        }
    }

    private static func word(_ info: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        String(decoding: info.prefix { $0 > 0x20 }, as: UTF8.self)
    }
}

extension SourceText {
    func bytes(ofLines lines: ClosedRange<Int>) -> Range<Int> {
        range(ofLine: lines.lowerBound)
            .lowerBound..<max(
                range(ofLine: lines.lowerBound).lowerBound,
                range(ofLine: min(lines.upperBound, lineCount)).upperBound
            )
    }
}

extension TagText {
    func marks(inLines lines: ClosedRange<Int>) -> Range<Int> { marks(in: original.bytes(ofLines: lines)) }

    /// A block's code with the author's tags put back.
    ///
    /// Each of its lines is the end of a line of the copy, and so the end of the author's, but for tabs that a quote or
    /// list has taken the half of.
    func restoredCode(_ code: UnsafeBufferPointer<UInt8>, firstLine: Int) -> [UInt8] {
        guard marks.isEmpty == false else { return Array(code) }
        var restored: [UInt8] = []
        restored.reserveCapacity(code.count)
        var line = firstLine
        var start = 0
        while start < code.count {
            let end = code[start...].firstIndex(of: UInt8(ascii: "\n")) ?? code.count
            append(code[start..<end], ofLine: line, to: &restored)
            if end < code.count { restored.append(UInt8(ascii: "\n")) }
            start = end + 1
            line += 1
        }
        return restored
    }

    private func append(
        _ words: Slice<UnsafeBufferPointer<UInt8>>,
        ofLine line: Int,
        to restored: inout [UInt8]
    ) {
        let original = original.bytes[original.range(ofLine: line)]
        // A line end of two bytes is parted, and its first half is no part of a line here.
        let end = words.reversed().prefix { $0 == UInt8(ascii: "\r") }.count
        let words = words.dropLast(end)
        defer { restored.append(contentsOf: repeatElement(UInt8(ascii: "\r"), count: end)) }
        let masked = masked(line)
        var count = 0
        while count < words.count, count < masked.count,
            words[words.endIndex - 1 - count] == masked[masked.endIndex - 1 - count]
        {
            count += 1
        }
        restored.append(contentsOf: words.dropLast(count))
        restored.append(contentsOf: original.suffix(count))
    }
}
