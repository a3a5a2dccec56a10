import Ground
import Mustache

/// One template file, parsed, with what it refers to.
struct Template {
    /// As others refer to it: `layouts/page`, or for a partial its bare name.
    let name: String
    let file: String
    let text: String
    let tags: [TemplateTag]
    let parsed: MustacheTemplate
    /// Nil where it has what only the library can fill.
    let code: TemplateCode?

    init(name: String, file: String, text: String) throws(Diagnostics) {
        self.name = name
        self.file = file
        self.text = text
        tags = try Self.tags(in: text, file: file)
        parsed = try Self.parse(text, file: file)
        code = TemplateReader.code(of: text)
    }

    /// A template that was accepted, with other words in it.
    init(_ template: Template, saying spoken: String) throws(Diagnostics) {
        name = template.name
        file = template.file
        text = template.text
        tags = template.tags
        parsed = try Self.parse(spoken, file: file)
        code = TemplateReader.code(of: spoken)
    }
}

extension Template {
    private static func tags(in text: String, file: String) throws(Diagnostics) -> [TemplateTag] {
        var scanner = TagScanner(text, file: file)
        let tags: [TemplateTag]
        do throws(Diagnostic) {
            tags = try scanner.tags()
        } catch {
            throw Diagnostics([error])
        }
        let problems = refusals(in: tags) + nesting(of: tags) + unknownFunctions(in: tags)
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return tags
    }

    private static func refusals(in tags: [TemplateTag]) -> [Diagnostic] {
        tags.compactMap { tag in
            if tag.kind == .refused {
                return Diagnostic(
                    at: tag.place,
                    "'\(tag.text)' is not for themes",
                    advice: "write plain '{{ }}' tags"
                )
            }
            if tag.kind == .partial || tag.kind == .parent, tag.name.hasPrefix("*") {
                return Diagnostic(at: tag.place, "a partial must be named, not computed: '\(tag.text)'")
            }
            if tag.kind == .section, tag.name.hasPrefix(WordReference.prefix) {
                return Diagnostic(
                    at: tag.place,
                    "words are shown, and not asked for",
                    advice: "write '{{\(tag.name)}}'"
                )
            }
            return nil
        }
    }

    /// What templates may call; the library's arithmetic with the number of an entry as well.
    private static let functions = ["count", "empty", "even", "first", "index", "last", "odd"]
    private static let arithmetic = ["equalzero", "minusone", "plusone"]

    /// One that is not known would show nothing, and without a word.
    private static func unknownFunctions(in tags: [TemplateTag]) -> [Diagnostic] {
        tags.filter {
            ($0.kind == .variable || $0.kind == .section) && !$0.name.hasPrefix(WordReference.prefix)
        }.flatMap { tag in
            tag.name.split(separator: "(", omittingEmptySubsequences: false).dropLast().map(String.init)
                .filter { !functions.contains($0) && !arithmetic.contains($0) }
                .map { name in
                    Diagnostic(
                        at: tag.place,
                        "unknown function '\(name)'",
                        advice: Suggestion.advice(for: name, among: functions)
                    )
                }
        }
    }

    /// Each section must be closed by its own name.
    private static func nesting(of tags: [TemplateTag]) -> [Diagnostic] {
        var open: [TemplateTag] = []
        for tag in tags {
            if tag.opens {
                open.append(tag)
            } else if tag.kind == .end {
                guard let last = open.popLast() else {
                    return [Diagnostic(at: tag.place, "'\(tag.text)' closes nothing")]
                }
                guard last.name == tag.name else {
                    return [
                        Diagnostic(
                            at: tag.place,
                            "'\(tag.text)' does not close '\(last.text)' of line \(last.place.line)",
                            advice: "write '{{/\(last.name)}}'"
                        )
                    ]
                }
            }
        }
        return open.map {
            Diagnostic(at: $0.place, "'\($0.text)' is never closed", advice: "add '{{/\($0.name)}}'")
        }
    }

    /// The escaping is chosen by a tag on a line of its own before the text, which is then one line further down.
    private static func parse(_ text: String, file: String) throws(Diagnostics) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(HTMLEscaping.name) }}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            let place = Place(
                file: file,
                line: max(1, error.context.lineNumber - 1),
                column: error.context.columnNumber
            )
            throw Diagnostics([Diagnostic(at: place, "this tag is not understood: \(error.error)")])
        } catch {
            throw Diagnostics([Diagnostic(at: Place(file: file), "the template is not understood: \(error)")])
        }
    }
}
