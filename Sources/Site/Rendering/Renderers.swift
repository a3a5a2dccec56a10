import Highlight
import Markdown
import Settings
import Theme

/// What renders the pages of each language: it sets quotation marks, and adds words, as that language has them.
struct Renderers: Sendable {
    private let byLanguage: [String: MarkdownRenderer]
    private let fallback: MarkdownRenderer

    init(_ model: SiteModel, _ highlighter: Highlighter?) {
        let (settings, words, codeLanguages) = (model.settings, model.words, model.tags.codeLanguages)
        func renderer(_ language: String) -> MarkdownRenderer {
            let options = settings.markdownOptions(language, words[language])
            guard settings.markdown.highlight, let highlighter else { return MarkdownRenderer(options) }
            return MarkdownRenderer(options) { code, language in
                let language = codeLanguages[language] ?? language
                guard language != "text" else { return .plain }
                return switch highlighter.highlight(code, language: language) {
                case .html(let html): .html(html)
                case .tooLong(let limit): .tooLong(limit: limit)
                case .unknownLanguage: .unknownLanguage
                case .unavailable: .plain
                }
            }
        }
        fallback = renderer(settings.language)
        byLanguage = Dictionary(settings.languages.map { ($0, renderer($0)) }) { first, _ in first }
    }

    /// For pages of a language of the site.
    subscript(language: String) -> MarkdownRenderer { byLanguage[language] ?? fallback }
}

extension Settings {
    fileprivate func markdownOptions(_ language: String, _ words: Words) -> MarkdownOptions {
        MarkdownOptions(
            dialect: Set(
                (markdown.gfm ? [.gfm] : []) + (markdown.markdoc ? [.markdoc] : [])
                    + (markdown.math ? [.math] : [])
            ),
            rawHTML: markdown.rawHTML,
            headingAnchors: markdown.headingAnchors,
            quotationMarks: markdown.smart ? QuotationMarks(language: language) : nil,
            wording: Wording(words)
        )
    }
}

extension Wording {
    /// English ones where the theme says none.
    fileprivate init(_ words: Words) {
        self = .english
        footnotes = words.text("footnotes") ?? footnotes
        backToReference = words.text("back_to_reference") ?? backToReference
        linkToHeading = words.text("link_to_heading") ?? linkToHeading
        note = words.text("note") ?? note
        tip = words.text("tip") ?? tip
        important = words.text("important") ?? important
        warning = words.text("warning") ?? warning
        caution = words.text("caution") ?? caution
    }
}
