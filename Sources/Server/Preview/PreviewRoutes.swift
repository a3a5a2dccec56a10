import Appwrite
import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The addresses that only a preview answers, all below `/_gatehouse/`.
struct PreviewRoutes: Sendable {
    static let root = "/_gatehouse/"

    let desk: Desk
    let preview: Preview

    func response(to request: Request, _ path: PagePath, _ arrival: Arrival) async throws -> Response {
        switch (request.method, path.text) {
        case (.get, Self.root + "live.js"): .file(PreviewFiles.script, "text/javascript; charset=utf-8")
        case (.get, Self.root + "live.css"): .file(PreviewFiles.style, "text/css; charset=utf-8")
        case (.get, Self.root + "events"): try await events(arrival)
        case (.post, Self.root + "as"): try await tryOn(try await FormBody(request), arrival)
        default: throw Problem.notFound
        }
    }
}

extension PreviewRoutes {
    /// What the page's bar and overlay show.
    private struct State: Encodable {
        let release: String
        let mistakes: [Preview.Mistake]
        let visitor: String
        let accounts: [String]
    }

    /// Server-sent events (WHATWG HTML, "Server-sent events"): what is so now, again at each change.
    private func events(_ arrival: Arrival) async throws -> Response {
        let (standing, _) = try await desk.standing(of: arrival)
        let visitor = if case .member(let member) = standing { member.email } else { "" }
        let changes = preview.changes()
        let preview = preview
        let body = ResponseBody { writer in
            for await _ in changes.cancelOnGracefulShutdown() {
                let state = State(
                    release: "\(preview.edition)",
                    mistakes: preview.mistakes,
                    visitor: visitor,
                    accounts: preview.accounts.map(\.title)
                )
                let json = String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
                try await writer.write(ByteBuffer(string: "retry: 300\ndata: \(json)\n\n"))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: body
        )
    }

    /// Signs in as one of the accounts, or out, and leads back to the page that asked.
    private func tryOn(_ form: FormBody, _ arrival: Arrival) async throws -> Response {
        guard desk.ownOrigin.isSource(of: arrival.fields) else { throw Problem.notOurForm }
        let page = ReturnTarget(form["to"], among: desk.current.value.table).page
        guard let title = form["account"], !title.isEmpty else {
            for secret in arrival.secrets { desk.sessions.forget(secret) }
            return .seeOther(page.encoded, cookies: desk.cookie.cleared + [desk.visits.cleared])
        }
        guard let account = preview.accounts.first(where: { $0.title == title }) else {
            throw Problem.notFound
        }
        return try await desk.welcome(
            try await session(of: account, arrival),
            arrival,
            .redirect(page),
            way: "preview"
        )
    }

    /// Throws what its page tells: the demo's users include one who is blocked.
    private func session(of account: Preview.Account, _ arrival: Arrival) async throws(Problem) -> Session {
        do {
            return try await desk.admin.createEmailSession(
                email: account.email,
                password: account.password,
                for: arrival.caller
            )
        } catch {
            desk.note(error, "sign-in failed", arrival)
            throw Problem(error)
        }
    }
}

extension Response {
    fileprivate static func file(_ text: String, _ mediaType: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: mediaType, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
