import Appwrite
import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hummingbird
import Logging
import Settings
import Theme

/// Who am I, where am I signed in, and an end to any of it.
struct AccountPage: Sendable {
    let desk: Desk

    func page(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, arrival.address)
        let (standing, secret) = try await desk.standing(of: arrival)
        let decision = Decision(visibility: .private, requirements: [], standing: standing)
        guard decision == .allow, case .member(let member) = standing, let secret else {
            return try refusal(decision, arrival)
        }
        let sessions: [SessionDetail]
        do {
            sessions = try await desk.client(secret, arrival.caller).sessions()
        } catch {
            desk.note(error, "listing sessions failed", arrival)
            throw Problem(error)
        }
        let (token, cookie) = desk.tokens.issue(for: .account, to: arrival.fields)
        let language = desk.language(of: arrival)
        let values = values(of: member, sessions, token: token, in: language)
        let html = try desk.page(
            "account",
            title: ("account", "Your account"),
            in: language,
            isMember: true,
            values
        )
        return .page(html, cookies: cookie.map { [$0] } ?? [])
    }

    /// Ends one of the member's own sessions.
    func revoke(_ sessionID: String, _ form: FormBody, _ arrival: Arrival) async throws -> Response {
        try desk.demandOurForm(form, for: .account, from: arrival)
        let (standing, secret) = try await desk.standing(of: arrival)
        guard case .member(let member) = standing, let secret else { throw Problem.signInNeeded }
        do {
            // Only what the member's own list holds may be ended: the keyed call would take any.
            let own = try await desk.client(secret, arrival.caller).sessions()
            guard let session = own.first(where: { $0.id == sessionID }) else { throw Problem.notFound }
            try await desk.endAtAppwrite(session.id, of: member.id, as: secret, for: arrival)
            desk.sessions.forget(userID: member.id)
            desk.logger.info(
                "session revoked",
                metadata: ["request": "\(arrival.requestID)", "user": "\(member.id)"]
            )
            return try leave(session, secret, arrival)
        } catch let failure as AppwriteFailure {
            desk.note(failure, "revoking failed", arrival)
            throw Problem(failure)
        }
    }

    /// The signed-in account as JSON.
    func user(_ arrival: Arrival) async throws -> Response {
        try desk.limits.check(.account, arrival.address)
        let (standing, _) = try await desk.standing(of: arrival)
        let decision = Decision(visibility: .private, requirements: [], standing: standing)
        guard decision == .allow, case .member(let member) = standing else { throw problem(decision) }
        return try .json(UserAnswer(user: UserAnswer.User(member)))
    }
}

extension AccountPage {
    private func leave(_ session: SessionDetail, _ secret: Secret, _ arrival: Arrival) throws -> Response {
        var cookies: [String] = []
        if session.current {
            desk.sessions.end(secret, isKnown: true)
            cookies = desk.cookie.cleared + [desk.visits.cleared]
        }
        if arrival.wantsJSON { return try .json(Success(), cookies: cookies) }
        let account = desk.way(to: desk.auth.routes.account, in: desk.language(of: arrival))
        return .seeOther(session.current ? "/" : account, cookies: cookies)
    }

    private func refusal(_ decision: Decision, _ arrival: Arrival) throws -> Response {
        guard decision == .signIn, desk.auth.canSignIn, !arrival.wantsJSON else {
            throw problem(decision)
        }
        let routes = desk.auth.routes
        return .seeOther(desk.way(to: routes.login, then: routes.account, in: desk.language(of: arrival)))
    }

    private func problem(_ decision: Decision) -> Problem {
        switch decision {
        case .allow: .internalError
        case .signIn: .signInNeeded
        case .secondFactor: .secondFactor
        case .refuse(let lacks): .refused(lacking: lacks)
        case .blocked: .blocked
        case .passwordReset: .passwordReset
        case .unavailable(let seconds): .unavailable(retryAfter: seconds)
        }
    }

    private func values(
        of member: Member,
        _ sessions: [SessionDetail],
        token: String,
        in language: String
    ) -> [String: TemplateValue] {
        let account: [String: TemplateValue] = [
            "id": .text(member.id), "name": .text(member.name), "email": .text(member.email),
            "verified": .flag(member.isVerified),
            "labels": .list(member.labels.sorted().map(TemplateValue.text)),
        ]
        return [
            "account": .table(account),
            "sessions": .list(sessions.map { value(of: $0, in: language) }),
            "form": .table(["token": .text(token)]),
            "sign_out_action": .text(desk.way(to: desk.auth.routes.logout, in: language)),
        ]
    }

    private func value(of session: SessionDetail, in language: String) -> TemplateValue {
        let words = desk.current.value.pages.words(in: language)
        let device = [session.clientName, session.osName].filter { !$0.isEmpty }.joined(separator: ", ")
        // Appwrite says so of addresses that no country has.
        let place = [session.countryName, session.ip].filter { !["", "--", "Unknown"].contains($0) }.joined(
            separator: ", "
        )
        return .table([
            "device": .text(device.isEmpty ? words.text("unknown_device") ?? "Unknown device" : device),
            "place": .text(place),
            "created": .text(session.createdAt.map { $0.ISO8601Format() } ?? ""),
            "created_words": .text(session.createdAt.map(words.moment) ?? ""),
            "provider": .text(session.provider),
            "current": .flag(session.current),
            "revoke_action": .text(
                desk.way(to: desk.auth.routes.account.below("sessions/\(session.id)/revoke"), in: language)
            ),
        ])
    }
}

extension Words {
    /// A day and a time in UTC.
    fileprivate func moment(_ moment: Date) -> String {
        let parts = moment.ISO8601Format().split(separator: "T")
        guard parts.count == 2 else { return "" }
        return "\(date(String(parts[0]))), \(parts[1].prefix(5)) UTC"
    }
}

/// What `GET /user` answers.
private struct UserAnswer: Encodable {
    struct User: Encodable {
        let id: String
        let name: String
        let email: String
        let labels: [String]
        let verified: Bool

        init(_ member: Member) {
            id = member.id
            name = member.name
            email = member.email
            labels = member.labels.sorted()
            verified = member.isVerified
        }

        private enum CodingKeys: String, CodingKey {
            case id = "$id"
            case name, email, labels, verified
        }
    }

    var success = true
    let user: User
}
