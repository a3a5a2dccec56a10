internal import Ground

extension PageRendering {
    /// Puts the footnotes of a page where they belong, keeps their ids, and says which are of no use.
    mutating func place(_ text: FootnoteText, in root: Node) {
        noteLabels = text.notes.map { String($0.label) }
        let mark = tags.map { $0.including.isEmpty ? "" : "p\($0.included)-" } ?? ""
        var pass = Footnotes(text, wording: options.wording, mark: mark)
        guard let result = pass.apply(to: root, tables: tables) else {
            let problem = "the footnotes cannot be told from what stands above them"
            let advice = "close the code block or the HTML at the end of the page"
            diagnostics.append(
                Diagnostic(at: places.place(line: text.notes[0].line), problem, advice: advice)
            )
            return
        }
        for (id, line) in result.ids {
            ids.reserve(id)
            _ = ids.set(id, at: places.place(line: line))
        }
        for note in result.unused {
            let problem = "nothing refers to the footnote '\(note.label)', so it is left out"
            let unused = warning(of: note, problem, advice: nil)
            unusedNotes.append(unused)
            diagnostics.append(unused)
        }
        for (note, first) in text.repeated {
            let advice = "it is defined first at \(places.place(line: first))"
            diagnostics.append(
                warning(
                    of: note,
                    "the footnote '\(note.label)' is defined twice, and this is left out",
                    advice: advice
                )
            )
        }
    }

    private mutating func warning(
        of note: FootnoteDefinition,
        _ problem: String,
        advice: String?
    ) -> Diagnostic {
        let place = places.place(line: note.line, byte: note.mark.lowerBound)
        return Diagnostic(.warning, at: place, problem, advice: advice)
    }
}
