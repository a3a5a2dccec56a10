import Appwrite
import FoundationEssentials
import Ground
import Hooks
import Hummingbird
import Logging
import Settings

/// The end of every way in that brings a secret which is good once: a provider's, a mailed link's, a code.
struct OneTimeSignIn: Sendable {
    enum Way: Equatable, Sendable {
        case oauth
        case link
        case code(CodeMedium)
    }

    let desk: Desk
    let way: Way

    /// Makes a session of what was brought, and hands it to the visitor.
    func finish(
        userID: String,
        secret: Secret,
        _ arrival: Arrival,
        _ lead: Desk.Lead,
        cookies: [String] = []
    ) async throws -> Response {
        let session = try await session(userID, secret, arrival)
        let isNew = try await isNew(session, arrival)
        if isNew { try await admit(session, arrival) }
        return try await desk.welcome(
            session,
            arrival,
            lead,
            way: name(session),
            isNew: isNew,
            cookies: cookies
        )
    }
}

extension OneTimeSignIn {
    /// What events call it, before there is a session.
    var name: String {
        switch way {
        case .oauth: "oauth"
        case .link: "magic-url"
        case .code(let medium): "code:\(medium.rawValue)"
        }
    }

    private func name(_ session: Session) -> String {
        way == .oauth ? "\(name):\(session.provider)" : name
    }

    private func session(_ userID: String, _ secret: Secret, _ arrival: Arrival) async throws(Problem)
        -> Session
    {
        // Of what cannot be right Appwrite is not asked.
        guard (1...36).contains(userID.utf8.count), isPossible(secret) else {
            throw refused(.wrongToken, arrival)
        }
        try desk.limits.check(limit.byAddress, arrival.address)
        try desk.limits.check(limit.byUser, key: userID)
        let session: Session
        do throws(AppwriteFailure) {
            session = try await desk.admin.createSession(userID: userID, secret: secret, for: arrival.caller)
        } catch {
            desk.note(error, "a sign-in by a one-time secret failed", arrival)
            throw refused(Problem(error), arrival)
        }
        guard isOfThisWay(session) else {
            await end(session, arrival)
            throw refused(.wrongToken, arrival)
        }
        desk.limits.reset(limit.byUser, key: userID)
        desk.limits.endDelay(limit.byAddress, arrival.address)
        return session
    }

    private func refused(_ problem: Problem, _ arrival: Arrival) -> Problem {
        desk.tell(.refused, arrival, way: name, reason: problem.code)
        return problem
    }

    /// Nothing short may come where something long is expected: 64 hexadecimal digits, or a JWT around them.
    ///
    /// One call takes all kinds of secrets, and the API key lifts Appwrite's own limit on guessing.
    private func isPossible(_ secret: Secret) -> Bool {
        switch way {
        case .oauth, .link: (64...1024).contains(secret.revealed.utf8.count)
        case .code: (1...32).contains(secret.revealed.utf8.count)
        }
    }

    /// A secret of another kind is no way in here: the site may not have that one (contract of Appwrite 1.9, `$createSession`).
    private func isOfThisWay(_ session: Session) -> Bool {
        switch way {
        case .oauth: desk.auth.oauth.contains { $0.name == session.provider }
        case .link: session.provider == "magic-url"
        case .code(.email): session.provider == "token" && session.factors == ["email"]
        case .code(.phone): session.provider == "phone"
        }
    }

    private var limit: (byAddress: AbuseLimits.Use, byUser: AbuseLimits.Use) {
        switch way {
        case .oauth, .link: (.oneTime, .secretUser)
        case .code: (.codeAddress, .codeUser)
        }
    }

    private func end(_ session: Session, _ arrival: Arrival) async {
        do throws(AppwriteFailure) {
            try await desk.endAtAppwrite(session.id, of: session.userID, as: session.secret, for: arrival)
        } catch {
            desk.note(error, "a refused session stays at Appwrite", arrival)
        }
    }
}

extension OneTimeSignIn {
    /// Whether the account was made on the way here, as Appwrite does for everybody who is unknown.
    ///
    /// By Appwrite's own times: it has one session, this one, and is hardly older; and nothing was done with it yet.
    private func isNew(_ session: Session, _ arrival: Arrival) async throws(Problem) -> Bool {
        let client = desk.client(session.secret, arrival.caller)
        do {
            async let account = client.account()
            let sessions = try await client.sessions()
            let found = try await account
            guard sessions.count == 1, let began = sessions.first?.createdAt,
                let registration = found.registration,
                !found.hasPassword, found.labels.isEmpty
            else { return false }
            return began.timeIntervalSince(registration) < lifetime
        } catch {
            // Whoever has a second factor, or is blocked, was here before.
            let failure = error as? AppwriteFailure ?? .cancelled
            if failure == .moreFactorsRequired || failure == .blocked || failure == .passwordResetRequired {
                return false
            }
            desk.note(failure, "whether an account is new cannot be told", arrival)
            if desk.auth.signUp { return false }
            await end(session, arrival)
            throw Problem(failure)
        }
    }

    /// In seconds: how long after an account was made by this way its secret is good, and a little for slow lines.
    private var lifetime: TimeInterval {
        switch way {
        case .oauth: 60 + 30
        case .link: 3600 + 60
        case .code: 900 + 60
        }
    }

    /// A new account is one only where the site takes new ones, and no hook refuses it.
    private func admit(_ session: Session, _ arrival: Arrival) async throws(Problem) {
        do throws(Problem) {
            guard desk.auth.signUp else { throw Problem.noAccount }
            try await desk.demandConsent(to: .signUp, way: name(session), user: session.userID, arrival)
        } catch {
            desk.tell(.refused, arrival, user: session.userID, way: name(session), reason: error.code)
            await end(session, arrival)
            if way == .oauth { await remove(session.userID, arrival) }
            throw error
        }
    }

    /// What the provider's round trip made a moment ago, and nobody wants.
    private func remove(_ userID: String, _ arrival: Arrival) async {
        do throws(AppwriteFailure) {
            try await desk.admin.deleteUser(userID)
        } catch {
            desk.note(error, "an account that was not wanted stays at Appwrite", arrival)
        }
    }
}
