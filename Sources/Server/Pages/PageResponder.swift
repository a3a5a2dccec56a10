package import Gate
package import Ground
import HTTPTypes

/// The page path: from a request, and what is known of its session, to an answer.
///
/// A pure function over the gate table: no I/O, no clock, no framework. Whoever calls it fetches the standing when
/// asked to, counts reads, and sends the bytes.
package struct PageResponder: Sendable {
    package let table: GateTable
    /// Where visitors sign in; nil where the site has no way in.
    package let signIn: PagePath?
    /// Where members show a second factor; nil where they cannot.
    package let secondFactor: PagePath?
    /// Whether private paths and those where nothing is look the same to whoever is no member.
    package let conceals: Bool
    /// The moment of the request, in seconds since 1970 in UTC.
    package let now: Int

    /// The query by which a page that already hopped is known, so that it hops at most once.
    package static let hopped = "arrived"

    package init(
        table: GateTable,
        signIn: PagePath?,
        secondFactor: PagePath? = nil,
        conceals: Bool = false,
        now: Int
    ) {
        self.table = table
        self.signIn = signIn
        self.secondFactor = secondFactor
        self.conceals = conceals
        self.now = now
    }

    /// - Parameters:
    ///   - request: what came in.
    ///   - standing: what is known of the visitor; nil while nobody has asked, which is enough for public routes.
    ///   - end: why the visitor's session is gone; nil where they had none that we gave.
    /// - Returns: the answer, or the route that must be judged first: a private one, or one that is not the same for all.
    package func outcome(for request: PageRequest, standing: Standing? = nil, end: SessionEnd? = nil)
        -> PageOutcome
    {
        let found = table.position(of: request.path).map { table.routes[$0] }
            .flatMap { $0.hasExpired(at: now) ? nil : $0 }
        let isThere = found != nil
        // On a site that conceals, what is not there is judged as something private would be.
        guard let route = found ?? (conceals ? .nothing(at: request.path) : nil) else {
            return .answer(PageAnswer(Problem.notFound))
        }
        if isThere, route.visibility == .public {
            guard route.isForSome else {
                var answer = answer(request, route)
                answer.fields[.vary] = "Accept-Encoding"
                return .answer(answer)
            }
            if standing == nil, request.path == route.path, request.reads { return .judge(route) }
            return .answer(answer(toSome: request, route.reading(for: standing ?? .none)))
        }
        guard let standing else { return .judge(route) }
        var answer = answer(
            to: request,
            route,
            route.reading(for: standing),
            decision: route.decision(for: standing),
            isThere: isThere,
            standing,
            end
        )
        answer.fields[.cacheControl] = "private, no-store"
        answer.fields[.vary] = "Cookie, Accept-Encoding"
        return .answer(answer)
    }
}

extension PageResponder {
    private func answer(
        to request: PageRequest,
        _ route: Route,
        _ reading: Route,
        decision: Decision,
        isThere: Bool,
        _ standing: Standing,
        _ end: SessionEnd?
    ) -> PageAnswer {
        let member: Member? = if case .member(let member) = standing { member } else { nil }
        switch decision {
        case .allow:
            guard isThere else { return PageAnswer(Problem.notFound) }
            // The hop left its mark on the address; now that the cookie came along, the mark can go.
            if request.query == Self.hopped { return redirect(to: route.target ?? route.path, .seeOther) }
            return answer(request, reading)
        case .signIn: return signInAnswer(to: request, route, end)
        case .refuse(let lacks): return PageAnswer(Problem.refused(lacking: lacks, as: member))
        case .secondFactor: return secondFactorAnswer(to: request, route, member)
        case .blocked: return PageAnswer(Problem.blocked)
        case .passwordReset: return PageAnswer(Problem.passwordReset)
        case .unavailable(let seconds): return PageAnswer(Problem.unavailable(retryAfter: seconds))
        }
    }

    private func signInAnswer(to request: PageRequest, _ route: Route, _ end: SessionEnd?) -> PageAnswer {
        if conceals { return concealedAnswer(to: request) }
        guard request.isNavigation, route.kind != .asset, let signIn, !request.wantsJSON else {
            return PageAnswer(end.map(Problem.signedOut) ?? .signInNeeded)
        }
        // A member who follows a link from another site comes without the Strict cookie (RFC 6265bis §5.2): one
        // navigation of our own brings it along.
        if request.arrivedFromElsewhere, request.query != Self.hopped, end == nil {
            return PageAnswer(.ok, body: .hop("\(route.path.encoded)?\(Self.hopped)"))
        }
        if end == .lost {
            // To be led on to sign in would be to be led in a circle.
            var problem = Problem.signedOut(by: .lost)
            problem.wanted = route.path
            return PageAnswer(problem)
        }
        let ended = end.map { "&ended=\($0.rawValue)" } ?? ""
        return PageAnswer(.seeOther, [.location: "\(signIn.encoded)?to=\(route.path.encoded)\(ended)"])
    }

    /// From the request alone: nothing of it depends on what is there, or on whether anything is.
    private func concealedAnswer(to request: PageRequest) -> PageAnswer {
        if signIn != nil, request.isNavigation, !request.wantsJSON, request.arrivedFromElsewhere,
            request.query != Self.hopped
        {
            return PageAnswer(.ok, body: .hop("\(request.path.encoded)?\(Self.hopped)"))
        }
        return PageAnswer(Problem.concealed(request.path))
    }

    /// For a session of which the account asks for more, or for a member of whom the page does.
    private func secondFactorAnswer(to request: PageRequest, _ route: Route, _ member: Member?) -> PageAnswer
    {
        guard request.isNavigation, conceals || route.kind != .asset, let secondFactor, !request.wantsJSON
        else {
            guard let member else { return PageAnswer(Problem.secondFactor) }
            let lacks = route.requirements.filter { !$0.isMet(by: member) }
            return PageAnswer(Problem.secondFactor(lacking: lacks, as: member))
        }
        let path = conceals ? request.path : route.path
        return PageAnswer(.seeOther, [.location: "\(secondFactor.encoded)?to=\(path.encoded)"])
    }

    /// What of a page that everyone may see this visitor may read.
    ///
    /// One address has several answers: no shared cache may keep any of them, and a browser asks again, since somebody may
    /// have signed in or out meanwhile.
    private func answer(toSome request: PageRequest, _ reading: Route) -> PageAnswer {
        var answer = answer(request, reading)
        answer.fields[.cacheControl] =
            reading.visibility == .private ? "private, no-store" : "private, no-cache"
        answer.fields[.vary] = "Cookie, Accept-Encoding"
        return answer
    }

    /// The route's bytes to someone who may have them.
    private func answer(_ request: PageRequest, _ route: Route) -> PageAnswer {
        guard request.reads else {
            return PageAnswer(Problem.methodNotAllowed("GET, HEAD"))
        }
        if let target = route.target {
            var answer = moved(to: target, request)
            // Else browsers keep it for ever (RFC 9111 §4.2.2), past the day that the alias is taken back.
            answer.fields[.cacheControl] = caching(of: route)
            return answer
        }
        if request.path != route.path { return moved(to: route.path, request) }
        let sent = Representation(of: route, for: request.fields)
        var fields: HTTPFields = [
            .eTag: sent.validator, .cacheControl: caching(of: route), .acceptRanges: "bytes",
        ]
        // Told with a 304, too: what it says replaces what the browser has kept (RFC 9111 §3.2).
        if route.kind == .page, table.runsScripts {
            fields[.contentSecurityPolicy] = SecurityHeaders.scripted
        }
        if Conditional.isUnchanged(sent.validator, for: request.fields) {
            return PageAnswer(.notModified, fields)
        }
        fields[.contentType] = route.mediaType
        fields[.contentEncoding] = sent.coding?.rawValue
        // A range is of the bytes that are sent, after coding (RFC 9110 §14.2); whoever wants parts of the file itself
        // asks for no coding, as programs that resume downloads do.
        switch ByteRange.requested(
            by: request.fields,
            method: request.method,
            of: sent.length,
            validator: sent.validator
        ) {
        case .whole:
            return PageAnswer(.ok, fields, body: .file(sent, nil))
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(sent.length)"
            return PageAnswer(.partialContent, fields, body: .file(sent, range))
        case .unsatisfiable:
            return PageAnswer(.rangeNotSatisfiable, [.contentRange: "bytes */\(sent.length)"])
        }
    }

    /// Leads on for good, with the query as it came (RFC 3986 §3.4); one that no URL can have is left behind.
    private func moved(to path: PagePath, _ request: PageRequest) -> PageAnswer {
        var answer = redirect(to: path, .permanentRedirect)
        if let query = request.query, !query.isEmpty, query != Self.hopped,
            query.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        {
            answer.fields[.location] = "\(path.encoded)?\(query)"
        }
        return answer
    }

    private func redirect(to path: PagePath, _ status: HTTPResponse.Status) -> PageAnswer {
        PageAnswer(status, [.location: path.encoded])
    }

    /// A page changes with the next release, so caches keep it and ask; an asset may be some minutes old, unless it expires.
    ///
    /// What is named by its bytes never changes: a year is what HTTP counts as for ever, and `immutable`
    /// (RFC 8246) spares the asking on reload.
    private func caching(of route: Route) -> String {
        guard route.kind != .page else { return "public, no-cache" }
        let left = route.expires.map { $0 - now }
        if route.isFingerprinted == true, left == nil { return "public, max-age=31536000, immutable" }
        return "public, max-age=\(min(300, left ?? 300))"
    }
}

extension Route {
    /// Something private for every member, that is not there.
    fileprivate static func nothing(at path: PagePath) -> Route {
        Route(
            path: path,
            kind: .page,
            access: Access(visibility: .private, requirements: [], place: Place(file: "")),
            file: "",
            mediaType: "",
            length: 0,
            digest: "",
            source: ""
        )
    }
}
