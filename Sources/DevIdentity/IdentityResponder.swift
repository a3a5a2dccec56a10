package import Hummingbird
import Logging
import NIOCore

/// Turns Hummingbird's requests into calls and answers into responses.
package struct IdentityResponder: HTTPResponder {
    /// Keeps the connection, for the client's address and for hanging up.
    package struct Context: RequestContext {
        package var coreContext: CoreRequestContextStorage
        let channel: any Channel

        package init(source: ApplicationRequestContextSource) {
            coreContext = CoreRequestContextStorage(source: source)
            channel = source.channel
        }
    }

    let configuration: IdentityConfiguration
    let store: IdentityStore
    let faults: IdentityFaults
    let ledger: IdentityLedger

    package func respond(to request: Request, context: Context) async throws -> Response {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.longestBody)
        } catch {
            return response(
                to: request,
                ErrorAnswer.make(.badRequest.saying("The body is too long."), for: .unknown)
            )
        }
        let peer = context.channel.remoteAddress?.ipAddress ?? "127.0.0.1"
        let call = Call(request: request.head, peer: peer, body: Array(buffer.readableBytesView))
        let name = call.path.first == "v1" ? RouteTable.route(call.method, call.path).0.name : "page"
        let answer = try await spoiled(faults.fault(for: name)) { self.answer(call) }
        let entry = IdentityLedger.Entry(
            route: name,
            target: request.head.path ?? "/",
            headers: request.headers,
            status: answer?.status ?? 0
        )
        ledger.record(entry)
        guard let answer else {
            context.channel.close(promise: nil)
            return Response(status: .internalServerError)
        }
        return response(to: request, answer)
    }

    private static let longestBody = 1 << 20

    private func answer(_ call: Call) -> Answer {
        guard call.path.first == "v1" else { return Pages.answer(call, configuration, store) }
        if call.method == .options { return Preflight.answer(call, configuration) }
        return store.transaction { directory in
            var exchange = Exchange(call: call, configuration: configuration)
            return Pipeline.answer(&exchange, &directory)
        }
    }

    /// The answer as the fault leaves it; nil where there is to be none.
    private func spoiled(_ fault: IdentityFaults.Fault, _ answer: () -> Answer) async throws -> Answer? {
        switch fault {
        case .healthy: return answer()
        case .html: return Answer(200, .html(Page.html(title: "Not what you asked for", body: "")))
        case .status(let status):
            let type = status == 429 ? Refusal.rateLimited.type : Refusal.serverError.type
            return ErrorAnswer.make(Refusal(status, type, "A test asked for this error."), for: .unknown)
        case .refusal(let status, let type):
            return ErrorAnswer.make(Refusal(status, type, "A test asked for this error."), for: .unknown)
        case .scopeMissing:
            let refusal = Refusal(401, "general_unauthorized_scope", "A test took the scope away.")
            return ErrorAnswer.make(refusal, for: .unknown)
        case .slow(let duration):
            try await Task.sleep(for: duration)
            return answer()
        case .held(let latch):
            await latch.wait()
            return answer()
        case .emptySecret: return answer().withoutSecret
        case .hangUp: return nil
        }
    }

    private func response(to request: Request, _ answer: Answer) -> Response {
        var headers = answer.headers
        headers[.contentType] = answer.contentType
        headers[.server] = "Appwrite"
        headers[.xContentTypeOptions] = "nosniff"
        let hasBody = request.method != .head && answer.status != 204
        let body = hasBody ? ResponseBody(byteBuffer: ByteBuffer(string: answer.text)) : ResponseBody()
        var response = Response(status: .init(code: answer.status), headers: headers, body: body)
        // A 204 has no length (RFC 9110 §8.6).
        if answer.status == 204 { response.headers[.contentLength] = nil }
        return response
    }
}

extension Answer {
    /// The answer with an empty `secret`, where it has one.
    fileprivate var withoutSecret: Answer {
        guard case .json(.object(let members)) = body else { return self }
        var answer = self
        answer.body = .json(
            .object(members.map { $0.key == "secret" ? .init(key: "secret", value: "") : $0 })
        )
        return answer
    }
}
