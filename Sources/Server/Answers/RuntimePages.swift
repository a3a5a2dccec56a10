import FoundationEssentials
import Ground
import Theme

/// The pages that the runtime fills itself: sign-in, account, problems.
///
/// Their templates and the theme's words come with the release.
struct RuntimePages: Sendable {
    /// The pages in one language.
    private struct Edition: Sendable {
        let theme: Theme
        let words: Words
        let common: [String: TemplateValue]
    }

    /// Of the site, its own first.
    let languages: [String]
    private let editions: [String: Edition]

    init(folder: String) throws(ReleaseFailure) {
        let file = "\(folder)/site.json"
        guard let json = FileManager.default.contents(atPath: file),
            let values = try? JSONDecoder().decode([String: TemplateValue].self, from: json)
        else { throw .unreadable(file) }
        var languages: [String] = []
        var editions: [String: Edition] = [:]
        do throws(Diagnostics) {
            let theme = try Theme.load(folder: "\(folder)/theme", shownAs: "theme")
            for common in Self.contexts(values) {
                let language = Self.language(of: common)
                let words = Words(language: language, value: common["words"])
                languages.append(language)
                editions[language] = Edition(
                    theme: try theme.speaking(words),
                    words: words,
                    common: common.filter { $0.key != "words" && $0.key != "languages" }
                )
            }
        } catch {
            throw .badTheme(error)
        }
        self.languages = languages
        self.editions = editions
    }

    /// The theme's words in a language of the site; in its own for any other.
    func words(in language: String) -> Words { edition(language)?.words ?? Words(language: language) }

    /// Fills a template of the theme's `server` folder.
    ///
    /// What all pages know of the site is there already; `values` is what this one is about. Throws where the theme has no
    /// such template.
    func html(
        _ template: String,
        title: String,
        in language: String,
        isMember: Bool = false,
        _ values: [String: TemplateValue] = [:]
    ) throws(Diagnostic) -> String {
        guard let edition = edition(language) else {
            throw Diagnostic(at: Place(file: "site.json"), "it names no language")
        }
        var context = edition.common
        context["page"] = .table(["title": .text(title), "robots": .text("noindex")])
        context["member"] = .flag(isMember)
        context.merge(values) { _, new in new }
        return try edition.theme.render("server/\(template)", context)
    }
}

extension RuntimePages {
    private func edition(_ language: String) -> Edition? {
        editions[language] ?? languages.first.flatMap { editions[$0] }
    }

    /// What stands in `languages` is what differs from the site's own language.
    private static func contexts(_ values: [String: TemplateValue]) -> [[String: TemplateValue]] {
        guard case .list(let others)? = values["languages"] else { return [values] }
        return [values]
            + others.compactMap { other in
                guard case .table(let table) = other else { return nil }
                return values.filter { $0.key != "feeds" }.merging(table) { _, own in own }
            }
    }

    private static func language(of context: [String: TemplateValue]) -> String {
        guard case .table(let site)? = context["site"], case .text(let language)? = site["language"] else {
            return "en"
        }
        return language
    }
}
