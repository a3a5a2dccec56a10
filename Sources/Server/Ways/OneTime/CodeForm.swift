import Ground
import HTTPTypes
import Hummingbird
import Settings
import Theme

/// The page on which a code is typed that was just sent.
struct CodeForm: Sendable {
    let medium: CodeMedium
    let action: String
    /// Where another code is asked for.
    let again: String
    /// Where the code went.
    let receiver: String
    var to = ""
    var ticket = ""
    /// Where another address is typed.
    let back: String
    let use: FormToken.Use
    var isMember = false
}

extension Desk {
    func page(_ form: CodeForm, _ arrival: Arrival, in language: String, problem: Problem? = nil) throws
        -> Response
    {
        let (token, cookie) = tokens.issue(for: form.use, to: arrival.fields)
        var values: [String: TemplateValue] = [
            "form": .table([
                "action": .text(form.action), "token": .text(token), "to": .text(form.to),
            ]),
            "ticket": .text(form.ticket), "receiver": .text(form.receiver), "again_action": .text(form.again),
            "back_href": .text(form.back), form.medium.rawValue: true,
        ]
        if let problem { values["error"] = .text(told(problem, in: language)) }
        let title = form.medium == .email ? ("code_of_email", "Code") : ("code_of_phone", "Code")
        let html = try page("code", title: title, in: language, isMember: form.isMember, values)
        var response = Response.page(html, problem?.status ?? .ok, cookies: cookie.map { [$0] } ?? [])
        if let problem { response.headers.append(contentsOf: problem.fields) }
        return response
    }
}
