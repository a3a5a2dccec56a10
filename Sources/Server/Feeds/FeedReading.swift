import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hummingbird
import Settings

/// Answers feed readers, which come without any cookie.
struct FeedReading: Sendable {
    let desk: Desk

    func read(_ token: String, _ request: Request, _ arrival: Arrival, _ context: ServerContext) async throws
        -> Response
    {
        do {
            var response = try await answer(token, request, arrival, context)
            for field in Self.fields { response.headers[field.name] = field.value }
            return response
        } catch var problem as Problem {
            for field in Self.fields where field.name != .cacheControl {
                problem.fields[field.name] = field.value
            }
            throw problem
        }
    }
}

extension FeedReading {
    /// The address is a secret: it is handed on to nobody, and nothing of it is kept by others.
    private static let fields: HTTPFields = [
        .referrerPolicy: "no-referrer", .robotsTag: "noindex", .cacheControl: "private, no-cache",
        .vary: "Accept-Encoding",
    ]

    private func answer(_ token: String, _ request: Request, _ arrival: Arrival, _ context: ServerContext)
        async throws -> Response
    {
        let feeds = desk.feeds
        guard let address = feeds.tokens.address(in: token) else {
            try desk.limits.check(.feedAddress, arrival.address)
            throw Problem.notFound
        }
        try feeds.count(address)
        let release = desk.current.value
        // An address opens the one feed that it was made for, and never a page.
        guard let route = release.table[address.feed], route.isPrivateFeed else { throw Problem.notFound }
        let standing = await feeds.standing(of: address, for: [route])
        switch route.decision(for: standing) {
        case .allow: break
        case .signIn: throw Problem.gone
        case .unavailable(let seconds): throw Problem.unavailable(retryAfter: seconds)
        // It may be theirs again.
        case .refuse, .blocked, .secondFactor, .passwordReset: throw Problem.notFound
        }
        let path = PageResponder(
            table: release.table,
            signIn: nil,
            now: Int(desk.now().timeIntervalSince1970.rounded(.down))
        )
        let asked = PageRequest(method: request.method, path: route.path, fields: request.headers)
        guard case .answer(let answer) = path.outcome(for: asked, standing: standing) else {
            throw Problem.internalError
        }
        return try await release.response(answer, context)
    }
}

extension Problem {
    /// There was something, and it will not be there again; feed readers then stop asking (RFC 9110 §15.5.11).
    static let gone = Problem(
        .gone,
        "not_found",
        "Page not found",
        "There is no page at this address."
    )
}
