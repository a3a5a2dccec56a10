import Appwrite
import Ground
import Hummingbird
import QRCode
import Settings
import Theme

/// Shows what an authenticator program is set up with, and asks for its first code.
struct AuthenticatorPage: Sendable {
    let desk: Desk

    func page(
        for authenticator: Authenticator,
        _ owner: Owner,
        _ arrival: Arrival,
        _ problem: Problem? = nil
    ) throws -> Response {
        if arrival.wantsJSON {
            return try .json(
                SetUp(secret: authenticator.secret.revealed, uri: authenticator.uri.revealed)
            )
        }
        let language = desk.language(of: arrival)
        let account = desk.auth.routes.account
        let (token, cookie) = desk.tokens.issue(for: .account, to: arrival.fields)
        let action = account.below(AccountChange.confirmAuthenticator.rawValue)
        var values: [String: TemplateValue] = [
            "form": .table([
                "action": .text(desk.way(to: action, in: language)), "token": .text(token),
            ]),
            "set_up": .text(field(for: authenticator, owner)),
            "secret": .text(Self.grouped(authenticator.secret.revealed)),
            "uri": .text(authenticator.uri.revealed),
            "account_href": .text(desk.way(to: account, in: language)),
        ]
        // One that is too long for a code can still be typed.
        if let code = QRCode(authenticator.uri.revealed) {
            values["qr"] = .table(["side": .number(code.side), "path": .text(code.path)])
        }
        if let problem { values["error"] = .text(desk.told(problem, in: language)) }
        let html = try desk.page(
            "authenticator",
            title: ("set_up_authenticator", "Set up an authenticator app"),
            in: language,
            isMember: true,
            values
        )
        return .page(html, problem?.status ?? .ok, cookies: cookie.map { [$0] } ?? [])
    }

    /// The same page after a wrong code: Appwrite tells the secret only once, so the form brought it along.
    ///
    /// Nil where it did not, or brought what we did not make for this session.
    func page(again form: FormBody, _ owner: Owner, _ arrival: Arrival, _ problem: Problem) throws
        -> Response?
    {
        let parts = (form["set_up"] ?? "").split(separator: "~", maxSplits: 2).map(String.init)
        guard parts.count == 3,
            desk.keys.verify(parts[0], of: signed(parts[1], parts[2], owner), for: .authenticator)
        else { return nil }
        let authenticator = Authenticator(secret: Secret(parts[1]), uri: Secret(parts[2]))
        return try page(for: authenticator, owner, arrival, problem)
    }
}

extension AuthenticatorPage {
    private struct SetUp: Encodable {
        var success = true
        let secret: String
        let uri: String
    }

    private func field(for authenticator: Authenticator, _ owner: Owner) -> String {
        // Base32 holds no `~`.
        let (secret, uri) = (authenticator.secret.revealed, authenticator.uri.revealed)
        return "\(desk.keys.signature(of: signed(secret, uri, owner), for: .authenticator))~\(secret)~\(uri)"
    }

    private func signed(_ secret: String, _ uri: String, _ owner: Owner) -> String {
        "\(desk.keys.fingerprint(of: owner.secret))~\(secret)~\(uri)"
    }

    /// In fours, as one reads it from one screen and types it into another.
    private static func grouped(_ secret: String) -> String {
        var text = ""
        for (position, character) in secret.enumerated() {
            if position > 0, position.isMultiple(of: 4) { text += " " }
            text.append(character)
        }
        return text
    }
}
