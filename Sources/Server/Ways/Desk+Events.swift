import Gate
import HTTPTypes
import Hooks

extension Desk {
    /// Tells of something that happened to whoever sent a request.
    ///
    /// `way` is how they came: `password`, `oauth:github`; `reason` is one word for programs.
    func tell(
        _ kind: AuthEvent.Kind,
        _ arrival: Arrival,
        user: String? = nil,
        session: String? = nil,
        way: String? = nil,
        reason: String? = nil
    ) {
        var event = events.event(kind)
        event.request = arrival.requestID
        event.address = arrival.address.text
        event.user = user
        event.session = session
        event.way = way
        event.reason = reason
        events.tell(event)
    }

    /// Asks the hooks that may refuse; throws what they refuse with.
    func demandConsent(
        to kind: AuthAttempt.Kind,
        way: String,
        user: String? = nil,
        email: String? = nil,
        _ arrival: Arrival
    ) async throws(Problem) {
        let attempt = AuthAttempt(
            kind,
            way: way,
            user: user,
            email: email?.lowercased(),
            address: arrival.address.text,
            request: arrival.requestID
        )
        if case .refuse(let reason) = await events.authorize(attempt) { throw .notAllowed(because: reason) }
    }
}

extension Problem {
    /// A hook of the operator's said no; an empty reason stands for the theme's own words.
    static func notAllowed(because reason: String) -> Problem {
        var problem = Problem(
            .forbidden,
            "not_allowed",
            "You may not come in",
            reason.isEmpty ? "Whoever runs this site does not admit this sign-in." : reason
        )
        problem.isSpoken = !reason.isEmpty
        return problem
    }
}
