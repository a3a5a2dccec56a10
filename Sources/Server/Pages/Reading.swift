import Appwrite
import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hooks
import Hummingbird
import NIOCore
import Settings

/// Calls the page path: counts reads, fetches the standing where it is asked for, sends the bytes, and gives guests their
/// cookies.
struct Reading: Sendable {
    let desk: Desk
    let guests: Guests
    /// Reads per visitor that we vouch for, and per address.
    let perVisitor: RateLimiter
    let perAddress: RateLimiter
    /// How long a page that everyone may see waits to learn whether its visitor may read more of it.
    let budget: Duration
    let now: @Sendable () -> Date

    func response(to request: PageRequest, _ arrival: Arrival, _ context: ServerContext) async throws
        -> Response
    {
        let began = ContinuousClock.now
        let release = desk.current.value
        let path = PageResponder(
            table: release.table,
            signIn: desk.auth.canSignIn ? desk.auth.routes.login : nil,
            secondFactor: desk.auth.routes.secondFactor,
            conceals: desk.conceals,
            now: Int(now().timeIntervalSince1970.rounded(.down))
        )
        if !isFree(request, release.table) { try count(arrival) }
        var outcome = path.outcome(for: request)
        var cookies: [String] = []
        var visitor: String?
        if case .judge(let route) = outcome {
            let standing =
                route.isForSome
                ? await standingInTime(of: arrival, need: route.unknown)
                : try await desk.standing(of: arrival, need: route.unknown).0
            // Every session that came along was asked about and is gone for certain: what holds them can be cleared.
            if standing == .none, !arrival.secrets.isEmpty, !arrival.hasMoreSecrets {
                cookies = desk.cookie.cleared + [desk.visits.cleared]
            }
            visitor = standing.userID
            let end = standing == .none && !route.isForSome ? await desk.end(of: arrival) : nil
            outcome = path.outcome(for: request, standing: standing, end: end)
        }
        guard case .answer(let answer) = outcome else { throw Problem.internalError }
        if desk.conceals, answer.isNoFile { await Self.concealing.wait(since: began) }
        if case .problem(let problem) = answer.body, problem.status == .forbidden {
            desk.tell(.refused, arrival, user: visitor, way: "page", reason: problem.code)
        }
        if answer.isPublicPage { cookies += await guests.cookies(for: request, arrival) }
        return try await response(answer, of: release, arrival, context, cookies: cookies)
    }
}

extension Reading {
    /// What is known of a visitor within the budget; whoever comes without a session is asked about nowhere.
    ///
    /// What is not known in time is learned all the same, for the next page. So a silent Appwrite, or an address that has
    /// had too much looked up, costs a public page no more than this.
    private func standingInTime(of arrival: Arrival, need: @escaping SessionCache.Need) async -> Standing {
        guard !arrival.secrets.isEmpty else { return .none }
        // A guest's session that we made; when its account becomes a member's, the cookie that says so is another.
        if let visit = arrival.vouched?.visit, visit.kind == .guest, arrival.secrets.count == 1 {
            return .guest(id: visit.userID)
        }
        for secret in arrival.secrets {
            if let known = desk.sessions.cached(secret, need: need), known.isMember { return known }
        }
        let unanswered = Standing.unanswered(retryAfter: 1)
        let asking = Task { [desk] in
            do throws(Problem) {
                return try await desk.standing(of: arrival, need: need).0
            } catch {
                return unanswered
            }
        }
        return await asking.value(within: budget) ?? unanswered
    }

    /// Files that belong to pages are not counted; but where it is concealed what there is, a private one that is not counted
    /// would be told from none by the limit.
    private func isFree(_ request: PageRequest, _ table: GateTable) -> Bool {
        guard let position = table.position(of: request.path) else { return false }
        return table.routes[position].kind == .asset
            && (!desk.conceals || table.routes[position].visibility == .public)
    }

    private func count(_ arrival: Arrival) throws(Problem) {
        let vouched = arrival.vouched
        let limiter = vouched == nil ? perAddress : perVisitor
        let verdict = limiter.take(vouched?.visit.mark ?? arrival.address.limitKey)
        guard verdict.isAllowed else {
            let policy = vouched == nil ? "address" : "visitor"
            throw verdict.problem(.tooManyRequests, policy: policy, limit: limiter.limit)
        }
    }

    private func response(
        _ answer: PageAnswer,
        of release: Release,
        _ arrival: Arrival,
        _ context: ServerContext,
        cookies: [String]
    ) async throws -> Response {
        var response: Response
        switch answer.body {
        case .none: response = Response(status: answer.status)
        case .file(let sent, let range):
            response = Response(
                status: answer.status,
                body: try await release.body(sent, range, context)
            )
        case .hop(let href): response = try desk.hop(to: href, arrival)
        case .problem(var problem):
            problem.fields.append(contentsOf: answer.fields)
            for cookie in cookies { problem.fields.append(HTTPField(name: .setCookie, value: cookie)) }
            throw problem
        }
        for field in answer.fields { response.headers[field.name] = field.value }
        if !cookies.isEmpty {
            response.add(cookies)
            // What sets a cookie is one visitor's; a shared cache must not hand it to the next.
            response.headers[.cacheControl] = "private, no-store"
        }
        return response
    }

    /// What looking a path up takes longer where something is there is lost between two of these moments.
    private static let concealing = Pace(step: .milliseconds(2))
}
