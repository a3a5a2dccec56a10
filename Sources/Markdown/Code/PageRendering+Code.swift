internal import Ground

extension PageRendering {
    /// Writes a block of code whose language may be known.
    mutating func write(code: [UInt8], _ info: CodeInfo, of block: Node) {
        warn(of: info, code, block)
        writeTitle(of: info)
        html.markup("<pre")
        if info.isNumbered { html.markup(" class=\"code-numbered\"") }
        writeStart(ofCodeIn: info.language)
        writeLines(of: colored(code, info.language, of: block), info)
        html.markup("</code></pre>\n")
    }

    /// Ends the tag of a `pre`, and begins the code in it.
    mutating func writeStart(ofCodeIn language: String) {
        html.markup("><code")
        if !language.isEmpty {
            html.markup(" class=\"language-")
            html.text(language)
            html.markup("\"")
        }
        html.markup(">")
    }

    mutating func writeTitle(of info: CodeInfo) {
        guard !info.title.isEmpty else { return }
        html.markup("<p class=\"code-title\">")
        html.text(info.title)
        html.markup("</p>\n")
    }

    /// Tells of what stands behind the fence and means nothing.
    mutating func warn(of info: CodeInfo, _ code: [UInt8], _ block: Node) {
        let lines = info.marked.isEmpty ? 0 : code.count { $0 == UInt8(ascii: "\n") }
        for problem in info.problems + info.problems(inLines: lines) {
            diagnostics.append(
                Diagnostic(.warning, at: place(ofBlock: block), problem.problem, advice: problem.advice)
            )
        }
    }

    /// The code as HTML: with classes, or only escaped.
    mutating func colored(_ code: [UInt8], _ language: String, of block: Node) -> [UInt8] {
        if let coloring, !language.isEmpty, !Self.isPlain(language) {
            switch coloring(code, language) {
            case .html(let html): return html
            case .plain: break
            case .tooLong(let limit):
                let advice =
                    "it may have \(limit >> 10) KB; part it, or write 'text' where no colours are meant"
                let problem = "this code is too long to be coloured"
                diagnostics.append(Diagnostic(.warning, at: place(ofBlock: block), problem, advice: advice))
            case .unknownLanguage:
                let advice = "write 'text' where no colours are meant"
                let problem = "nobody knows the language '\(language)'"
                diagnostics.append(Diagnostic(.warning, at: place(ofBlock: block), problem, advice: advice))
            }
        }
        var writer = HTMLWriter(reserving: code.count + code.count / 8)
        code.withUnsafeBufferPointer { writer.text($0) }
        return writer.bytes
    }

    /// Writes code, each line by itself where lines must be told apart.
    mutating func writeLines(of colored: [UInt8], _ info: CodeInfo) {
        guard info.hasLines else { return html.verbatim(colored) }
        let lines = colored.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // What stands behind the last line's end is no line.
        for (number, line) in lines.dropLast(lines.last?.isEmpty ?? false ? 1 : 0).enumerated() {
            html.markup(
                info.isMarked(number + 1)
                    ? "<span class=\"code-line code-marked\">" : "<span class=\"code-line\">"
            )
            html.verbatim(Array(line))
            html.markup("</span>\n")
        }
    }

    /// Names for code without a language of its own.
    private static func isPlain(_ language: String) -> Bool {
        ["text", "txt", "plain", "plaintext", "none", "output"].contains(language.lowercased())
    }
}
