import Ground
import HTTPTypes
import Settings
import Theme

extension Desk {
    /// In which language the pages for an arrival are: the one that it asks for, else that of the page which it wants to get
    /// to, else by its browser.
    ///
    /// `target` is where it goes on to, as a stranger says; by itself what stands in the query.
    func language(of arrival: Arrival, goingTo target: String? = nil) -> String {
        let path = (target ?? arrival.query["to"]).flatMap {
            PagePath(requestTarget: $0.prefix { $0 != "?" })
        }
        return language(asked: arrival.query["language"], path, arrival.fields)
    }

    func language(asked: String?, _ path: PagePath?, _ fields: HTTPFields) -> String {
        let spoken = SpokenLanguage(languages: current.value.pages.languages)
        return spoken.language(asked: asked, page: path.flatMap(page), fields)
    }

    /// The address of one of our own pages in a language, and where that leads on to.
    func way(to path: PagePath, then target: PagePath? = nil, in language: String) -> String {
        let isOneOfSeveral = current.value.pages.languages.count > 1
        let query = [target.map { "to=\($0.encoded)" }, isOneOfSeveral ? "language=\(language)" : nil]
            .compactMap(\.self)
        return query.isEmpty ? path.encoded : "\(path.encoded)?\(query.joined(separator: "&"))"
    }

    /// Where whoever met this problem signs in, or goes on with signing in; nil where nobody can.
    func way(past problem: Problem, in language: String) -> String? {
        if problem == .secondFactor { return way(to: auth.routes.secondFactor, in: language) }
        return auth.canSignIn ? way(to: auth.routes.login, then: problem.wanted, in: language) : nil
    }

    /// Where a second factor is shown; `again` where one was shown before, too long ago for what is wanted now.
    func wayToFactor(then target: PagePath, again: Bool = false, in language: String) -> String {
        way(to: auth.routes.secondFactor, then: target, in: language) + (again ? "&again" : "")
    }

    /// Fills a template of the runtime's pages; its title is one of the theme's words, or the English one.
    func page(
        _ template: String,
        title: (word: String, english: String),
        in language: String,
        isMember: Bool = false,
        _ values: [String: TemplateValue] = [:]
    ) throws(Diagnostic) -> String {
        let pages = current.value.pages
        let title = pages.words(in: language).text(title.word) ?? title.english
        return try pages.html(template, title: title, in: language, isMember: isMember, values)
    }

    /// What a problem is, in the theme's words.
    func told(_ problem: Problem, in language: String) -> String {
        current.value.pages.told(problem, in: language).message
    }

    /// Our own pages, at which a visitor may be in any language, say nothing of theirs.
    private func page(_ path: PagePath) -> PagePath? {
        let routes = auth.routes
        let own = [routes.login, routes.signUp, routes.logout, routes.account, routes.oauth].map(\.text)
        return own.contains { path.text == $0 || path.text.hasPrefix($0 + "/") } ? nil : path
    }
}
