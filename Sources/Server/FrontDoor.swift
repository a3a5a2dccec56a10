import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hooks
package import Hummingbird
import Logging
import NIOCore
import Settings

/// Takes every request: reads its path once, hands it to a way in or to the page path, and sees to it that every answer
/// carries what all must carry.
package struct FrontDoor: HTTPResponder {
    let desk: Desk
    let ways: RouterResponder<ServerContext>
    let paths: WayPaths
    let reading: Reading
    let headers: SecurityHeaders
    /// Which limits were told of lately.
    let limited: RateLimiter
    /// Only where an author looks at work in progress.
    let preview: Preview?

    package func respond(to request: Request, context: ServerContext) async throws -> Response {
        let began = ContinuousClock.now
        // Asked before the page is: a page may be newer than this says, and then is loaded once more, but never older.
        let edition = preview?.edition
        let path = PagePath(requestTarget: request.head.path?.prefix { $0 != "?" } ?? "")
        var response: Response
        do {
            response = try await answer(request, path, context)
        } catch let problem as Problem {
            response = try await self.response(to: request, path, problem, context)
        } catch {
            desk.logger.error(
                "request failed",
                metadata: ["request": "\(context.requestID)", "cause": "\(error)"]
            )
            response = try await self.response(to: request, path, .internalError, context)
        }
        if let edition { response = PreviewDecoration.decorate(response, release: "\(edition)") }
        if response.status == .tooManyRequests { tellLimited(request, response, context) }
        headers.add(to: &response.headers)
        response.headers[.requestID] = context.requestID
        log(request, path, response, context, since: began)
        return request.method == .head ? response.createHeadResponse() : response
    }
}

extension FrontDoor {
    private func answer(_ request: Request, _ path: PagePath?, _ context: ServerContext) async throws
        -> Response
    {
        try AskedHost(request).check(isPreview: preview != nil)
        try TransferCoding.check(request.headers)
        guard let path else { throw Problem.malformed }
        if let preview, path.text.hasPrefix(PreviewRoutes.root) {
            let arrival = Arrival(request, context, at: desk)
            return try await PreviewRoutes(desk: desk, preview: preview).response(to: request, path, arrival)
        }
        if let methods = paths.methods(at: path) {
            // Exactly this spelling: the router must not see a path that reads otherwise than ours.
            guard [path.text, path.encoded].contains(request.uri.path) else { throw Problem.notFound }
            guard methods.contains(request.method) else {
                throw Problem.methodNotAllowed(methods.map(\.rawValue).sorted().joined(separator: ", "))
            }
            return try await ways.respond(to: request, context: context)
        }
        var fields = request.headers
        // A script can stand behind a page's own bytes only, and a revision has no compressed ones.
        if preview != nil { fields[.acceptEncoding] = nil }
        let asked = PageRequest(
            method: request.method,
            path: path,
            fields: fields,
            query: request.uri.query
        )
        return try await reading.response(to: asked, Arrival(request, context, at: desk), context)
    }

    private func response(
        to request: Request,
        _ path: PagePath?,
        _ problem: Problem,
        _ context: ServerContext
    ) async throws -> Response {
        var response: Response
        if request.headers.wantsJSON || request.headers[.contentType]?.hasPrefix("application/json") ?? false
        {
            response = try .json(Failure(problem, requestID: context.requestID), problem.status)
        } else if problem.status == .notFound, problem.wanted == nil, let page = await notFoundPage(path) {
            response = .page(page, problem.status)
            if desk.current.value.table.runsScripts {
                response.headers[.contentSecurityPolicy] = SecurityHeaders.scripted
            }
        } else {
            let asked = FormBody.query(request.uri.query ?? "")["language"]
            let language = desk.language(asked: asked, path, request.headers)
            let signIn = desk.way(past: problem, in: language)
            let html = desk.current.value.pages.html(
                problem,
                requestID: context.requestID,
                signIn: signIn,
                in: language
            )
            response = .page(html, problem.status)
        }
        for field in problem.fields where field.name != .setCookie {
            response.headers[field.name] = field.value
        }
        response.add(problem.fields[values: .setCookie])
        // RFC 9110 §15.5.2 asks for a challenge; ours is a cookie that the sign-in page sets.
        if problem.status == .unauthorized { response.headers[.wwwAuthenticate] = "Cookie" }
        return response
    }

    /// The site's own page for what is not there, in the language of the address where there is one in that; nil where it has
    /// none, or it is not for everyone.
    private func notFoundPage(_ path: PagePath?) async -> ByteBuffer? {
        let release = desk.current.value
        let language = SpokenLanguage(languages: release.pages.languages).language(page: path ?? .root, [:])
        for path in [PagePath.notFound(in: language), PagePath.notFound].compactMap(\.self) {
            guard let route = release.table[path], route.kind == .page, route.visibility == .public,
                !route.hasExpired(at: Int(reading.now().timeIntervalSince1970)),
                // Where its file was changed, the theme's page stands in for it: 404 stays 404.
                let bytes = try? await release.files.bytes(of: Representation(route))
            else { continue }
            return bytes
        }
        return nil
    }

    /// Told at most once a minute for an address and a limit, or a flood of requests would be a flood of events.
    private func tellLimited(_ request: Request, _ response: Response, _ context: ServerContext) {
        let arrival = Arrival(request, context, at: desk)
        let policy = response.headers[.rateLimitPolicy]?.split(separator: "\"").first.map(String.init)
        let limit = policy ?? "appwrite"
        guard limited.take("\(limit) \(arrival.address.limitKey)").isAllowed else { return }
        let visit = arrival.vouched?.visit
        desk.tell(.rateLimited, arrival, user: visit?.userID, reason: limit)
    }

    /// Paths that are ours are logged as they are; what strangers make up is not.
    private func log(
        _ request: Request,
        _ path: PagePath?,
        _ response: Response,
        _ context: ServerContext,
        since began: ContinuousClock.Instant
    ) {
        // On a site that conceals, neither what is written of a path nor the time it takes may depend on what is there.
        let isConcealed = desk.conceals && response.status == .notFound
        let known =
            isConcealed
            ? nil
            : path.flatMap { path in
                desk.current.value.table[path] == nil ? paths.name(of: path) : path.text
            }
        desk.logger.info(
            "answered",
            metadata: [
                "request": "\(context.requestID)",
                "method": "\(request.method.rawValue.prefix(16))",
                "path": "\(known ?? "-")",
                "status": "\(response.status.code)",
                "microseconds": "\((ContinuousClock.now - began) / .microseconds(1))",
            ]
        )
    }
}
