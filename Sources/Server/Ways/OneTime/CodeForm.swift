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
        let page = FormPage(
            template: "code",
            title: form.medium == .email ? ("code_of_email", "Code") : ("code_of_phone", "Code"),
            use: form.use,
            form: ["action": .text(form.action), "to": .text(form.to)],
            values: [
                "ticket": .text(form.ticket), "receiver": .text(form.receiver),
                "again_action": .text(form.again), "back_href": .text(form.back), form.medium.rawValue: true,
            ],
            isMember: form.isMember
        )
        return try self.page(page, arrival, in: language, problem: problem)
    }
}
