internal import Ground

extension PageRendering {
    /// Writes a block of code whose language may be known.
    mutating func write(code: [UInt8], _ info: CodeInfo, of block: Node) {
        if !info.title.isEmpty {
            html.markup("<p class=\"code-title\">")
            html.text(info.title)
            html.markup("</p>\n")
        }
        html.markup(info.isNumbered ? "<pre class=\"code-numbered\"><code" : "<pre><code")
        if !info.language.isEmpty {
            html.markup(" class=\"language-")
            html.text(info.language)
            html.markup("\"")
        }
        html.markup(">")
        let colored = colored(code, info.language, of: block)
        if info.hasLines { writeLines(of: colored, info) } else { html.verbatim(colored) }
        html.markup("</code></pre>\n")
    }

    /// The code as HTML: with classes, or only escaped.
    mutating func colored(_ code: [UInt8], _ language: String, of block: Node) -> [UInt8] {
        if let coloring, !language.isEmpty, !Self.isPlain(language) {
            switch coloring(code, language) {
            case .html(let html): return html
            case .plain: break
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

    private mutating func writeLines(of colored: [UInt8], _ info: CodeInfo) {
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
