import Ground
import Settings
import Theme

/// The words of all languages of the site, each found where it is said best.
///
/// For each word: the page's language, that without its region, the site's own, English. The site's file goes before the
/// theme's of the same language.
struct SiteWords: Sendable {
    private let words: [String: Words]
    /// The theme in each language of the site.
    private let themes: [String: Theme]
    private(set) var problems: [Diagnostic] = []

    init(_ files: WordFiles, theme: Theme, settings: Settings) {
        let check = WordCheck(files, theme: theme, settings: settings)
        problems = files.problems + check.problems
        var words: [String: Words] = [:]
        var themes: [String: Theme] = [:]
        for language in [settings.language] + settings.languages {
            let spoken = Words(language: language, check.found(in: language).mapValues(\.entry.word))
            words[language] = spoken
            do throws(Diagnostics) {
                themes[language] = try theme.speaking(spoken)
            } catch {
                problems += error.all
            }
        }
        self.words = words
        self.themes = themes
    }

    /// The words of a language of the site.
    subscript(language: String) -> Words { words[language] ?? Words(language: language) }

    /// The theme as it speaks a language of the site; nil for another language.
    func theme(in language: String) -> Theme? { themes[language] }
}
