import Appwrite
import Ground
import HTTPTypes
import Hummingbird
import Settings
import Theme

extension SecondFactor {
    /// The page, perhaps with what went wrong; for programs what is asked for, as JSON.
    func show(_ asking: Asking, _ way: Way, _ arrival: Arrival, problem: Problem? = nil) throws -> Response {
        try arrival.wantsJSON ? .json(Question(asking)) : page(asking, way, arrival, problem)
    }
}

extension SecondFactor {
    private struct Question: Encodable {
        var success = true
        let factors: [String]
        let factor: String?
        let challenge: String?

        init(_ asking: Asking) {
            factors = asking.offered.map(\.rawValue)
            factor = asking.asked?.rawValue
            challenge = asking.challenge
        }
    }

    private func page(_ asking: Asking, _ way: Way, _ arrival: Arrival, _ problem: Problem?) throws
        -> Response
    {
        let language = desk.language(of: arrival, goingTo: way.to.encoded)
        let (tokens, cookie) = desk.tokens.issue(for: [.secondFactor, .account], to: arrival.fields)
        let routes = desk.auth.routes
        var values: [String: TemplateValue] = [
            "form": .table([
                "action": .text(desk.way(to: routes.secondFactor, in: language)), "token": .text(tokens[0]),
                "to": .text(way.to.encoded),
            ]),
            "again": .flag(way.again),
            "sign_out": .table([
                "action": .text(desk.way(to: routes.logout, in: language)),
                "form": .table(["token": .text(tokens[1])]),
            ]),
            "factors": .list(asking.offered.filter { $0 != asking.asked }.map { .table(Self.names(of: $0)) }),
        ]
        if let asked = asking.asked {
            var table = Self.names(of: asked)
            if let challenge = asking.challenge { table["challenge"] = .text(challenge) }
            values["asked"] = .table(table)
        }
        if asking.isForPage {
            // Also of a member who has none yet.
            values["for_page"] = .table(["account_href": .text(desk.way(to: routes.account, in: language))])
        }
        if let problem { values["error"] = .text(desk.told(problem, in: language)) }
        let html = try desk.page(
            "second-factor",
            title: ("second_factor", "Second factor"),
            in: language,
            isMember: way.again || asking.isForPage,
            values
        )
        var response = Response.page(html, problem?.status ?? .ok, cookies: cookie.map { [$0] } ?? [])
        if let problem { response.headers.append(contentsOf: problem.fields) }
        return response
    }

    /// A flag by the factor's name, for templates, which compare nothing.
    private static func names(of factor: Factor) -> [String: TemplateValue] {
        ["name": .text(factor.rawValue), factor.rawValue: true, "sent": .flag(factor.isSent)]
    }
}
