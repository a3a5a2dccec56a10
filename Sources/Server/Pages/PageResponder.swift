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

    /// The query by which a page that already hopped is known, so that it hops at most once.
    package static let hopped = "arrived"

    package init(table: GateTable, signIn: PagePath?) {
        self.table = table
        self.signIn = signIn
    }

    /// - Parameters:
    ///   - request: what came in.
    ///   - standing: what is known of the visitor; nil while nobody has asked, which is enough for public routes.
    /// - Returns: the answer, or the private route that must be judged first.
    package func outcome(for request: PageRequest, standing: Standing? = nil) -> PageOutcome {
        guard let route = table[request.path] ?? table[request.path.asFolder] else {
            return .answer(PageAnswer(Problem.notFound))
        }
        if route.visibility == .public { return .answer(answer(request, route)) }
        guard let standing else { return .judge(route) }
        var answer = answer(to: request, route, decision: route.decision(for: standing))
        answer.fields[.cacheControl] = "private, no-store"
        answer.fields[.vary] = "Cookie"
        return .answer(answer)
    }
}

extension PageResponder {
    private func answer(to request: PageRequest, _ route: Route, decision: Decision) -> PageAnswer {
        switch decision {
        case .allow:
            // The hop left its mark on the address; now that the cookie came along, the mark can go.
            if request.query == Self.hopped { return redirect(to: route.path, .seeOther) }
            return answer(request, route)
        case .signIn: return signInAnswer(to: request, route)
        case .refuse(let lacks): return PageAnswer(Problem.refused(lacking: lacks))
        case .secondFactor: return PageAnswer(Problem.secondFactor)
        case .blocked: return PageAnswer(Problem.blocked)
        case .passwordReset: return PageAnswer(Problem.passwordReset)
        case .unavailable(let seconds): return PageAnswer(Problem.unavailable(retryAfter: seconds))
        }
    }

    private func signInAnswer(to request: PageRequest, _ route: Route) -> PageAnswer {
        guard request.isNavigation, route.kind == .page, let signIn, !request.wantsJSON else {
            return PageAnswer(Problem.signInNeeded)
        }
        // A member who follows a link from another site comes without the Strict cookie (RFC 6265bis §5.2): one
        // navigation of our own brings it along.
        if request.arrivedFromElsewhere, request.query != Self.hopped {
            return PageAnswer(.ok, body: .hop("\(route.path.encoded)?\(Self.hopped)"))
        }
        return PageAnswer(.seeOther, [.location: "\(signIn.encoded)?to=\(route.path.encoded)"])
    }

    /// The route's bytes to someone who may have them.
    private func answer(_ request: PageRequest, _ route: Route) -> PageAnswer {
        guard request.method == .get || request.method == .head else {
            return PageAnswer(Problem.methodNotAllowed("GET, HEAD"))
        }
        if request.path != route.path { return redirect(to: route.path, .permanentRedirect) }
        let validator = "\"\(route.digest.prefix(32))\""
        var fields: HTTPFields = [
            .eTag: validator, .cacheControl: Self.caching(of: route), .acceptRanges: "bytes",
        ]
        if Conditional.isUnchanged(validator, for: request.fields) {
            return PageAnswer(.notModified, fields)
        }
        fields[.contentType] = route.mediaType
        switch ByteRange.requested(
            by: request.fields,
            method: request.method,
            of: route.length,
            validator: validator
        ) {
        case .whole:
            return PageAnswer(.ok, fields, body: .file(route, nil))
        case .part(let range):
            fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(route.length)"
            return PageAnswer(.partialContent, fields, body: .file(route, range))
        case .unsatisfiable:
            return PageAnswer(.rangeNotSatisfiable, [.contentRange: "bytes */\(route.length)"])
        }
    }

    private func redirect(to path: PagePath, _ status: HTTPResponse.Status) -> PageAnswer {
        PageAnswer(status, [.location: path.encoded])
    }

    /// A page changes with the next release, so caches keep it and ask; an asset may be some minutes old.
    private static func caching(of route: Route) -> String {
        route.kind == .page ? "public, no-cache" : "public, max-age=300"
    }
}
