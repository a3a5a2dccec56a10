import HTTPTypes
import Hummingbird
import Theme

/// A page of our own with a form on it, which may come back with what went wrong.
struct FormPage: Sendable {
    let template: String
    /// One of the theme's words, or the English one.
    let title: (word: String, english: String)
    let use: FormToken.Use
    /// `form` as the template sees it, without the token.
    let form: [String: TemplateValue]
    var values: [String: TemplateValue] = [:]
    var isMember = false
}

extension Desk {
    /// Fills it, with the token that proves the form to be ours.
    func page(_ page: FormPage, _ arrival: Arrival, in language: String, problem: Problem? = nil) throws
        -> Response
    {
        let (token, cookie) = tokens.issue(for: page.use, to: arrival.fields)
        var values = page.values
        values["form"] = .table(page.form.merging(["token": .text(token)]) { _, ours in ours })
        if let problem { values["error"] = .text(told(problem, in: language)) }
        let html = try self.page(
            page.template,
            title: page.title,
            in: language,
            isMember: page.isMember,
            values
        )
        var response = Response.page(html, problem?.status ?? .ok, cookies: cookie.map { [$0] } ?? [])
        if let problem { response.headers.append(contentsOf: problem.fields) }
        return response
    }
}
