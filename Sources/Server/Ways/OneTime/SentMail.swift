import Ground
import HTTPTypes
import Hummingbird
import Settings
import Theme

/// The page that says that a mail is on its way, whether there is an account or not.
struct SentMail: Sendable {
    enum Kind: String, Sendable {
        case signIn = "sign_in"
        case recovery
    }

    let kind: Kind
    let receiver: String
    let then: PagePath
}

extension Desk {
    func page(_ mail: SentMail, _ arrival: Arrival, in language: String, _ cookies: [String] = []) throws
        -> Response
    {
        if arrival.wantsJSON { return try .json(Success(), cookies: cookies) }
        let html = try page(
            "mail-sent",
            title: ("look_into_your_mail", "Look into your mail"),
            in: language,
            [
                mail.kind.rawValue: true, "receiver": .text(mail.receiver),
                "back_href": .text(way(to: auth.routes.login, then: mail.then, in: language)),
            ]
        )
        return .page(html, cookies: cookies)
    }
}
