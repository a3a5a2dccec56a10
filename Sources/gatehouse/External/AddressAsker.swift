import FoundationEssentials
import HTTPTypes
import Transfer

/// Asks one address of the web, and follows where it leads.
struct AddressAsker: Sendable {
    let client: TransferClient
    let patience: Duration

    /// Nil where it answers well.
    func problem(of address: String) async -> AddressProblem? {
        guard var url = URL(string: address), url.host() != nil else {
            return AddressProblem(text: "is no address of the web")
        }
        let end = ContinuousClock.now + patience
        for _ in 0...Self.redirects {
            do throws(TransferFailure) {
                let head = try await answer(url, until: end)
                guard head.status.kind == .redirection, head.status != .notModified else {
                    return Self.problem(head.status)
                }
                guard let next = head.headerFields[.location].flatMap({ URL(string: $0, relativeTo: url) })
                else {
                    return AddressProblem(
                        text: "leads elsewhere and does not say where (\(head.status.code))"
                    )
                }
                url = next.absoluteURL
            } catch .refusedAddress(let address) {
                return AddressProblem(
                    text: "was not asked: \(address) is an address of this machine or of a private network",
                    advice: "--allow-private asks it"
                )
            } catch {
                return AddressProblem(text: "does not answer: \(error)")
            }
        }
        return AddressProblem(text: "leads on and on, \(Self.redirects) times")
    }
}

extension AddressAsker {
    /// As many as browsers' users ever meet.
    private static let redirects = 5

    /// Asks for the head alone, and for the whole where that is not answered well: many a server knows only whole pages.
    private func answer(
        _ url: URL,
        until end: ContinuousClock.Instant
    ) async throws(TransferFailure) -> HTTPResponse {
        let head = try await send(.head, url, until: end)
        guard head.status.kind == .clientError || head.status.kind == .serverError else { return head }
        do throws(TransferFailure) {
            return try await send(.get, url, until: end)
        } catch .tooLarge(.body) {
            // There is a page, and more of it than anybody needs to see.
            return HTTPResponse(status: .ok)
        }
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ url: URL,
        until end: ContinuousClock.Instant
    ) async throws(TransferFailure) -> HTTPResponse {
        let port = url.port.map { ":\($0)" } ?? ""
        let host = url.host(percentEncoded: true) ?? ""
        let path = url.path(percentEncoded: true)
        var request = HTTPRequest(
            method: method,
            scheme: url.scheme,
            authority: (host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host) + port,
            path: (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
        )
        request.headerFields[.userAgent] = "gatehouse check (link checker)"
        request.headerFields[.accept] = "*/*"
        let left = max(.milliseconds(1), end - .now)
        let limits = TransferLimits(connect: min(.seconds(5), left), total: left, body: 1 << 20)
        return try await client.send(request, limits: limits).head
    }

    private static func problem(_ status: HTTPResponse.Status) -> AddressProblem? {
        guard status.kind != .successful else { return nil }
        let phrase = status.reasonPhrase.isEmpty ? "" : " \(status.reasonPhrase)"
        let advice: String? =
            switch status.code {
            case 401, 403, 429: "it may answer people and not programs: look at it in a browser"
            default: nil
            }
        return AddressProblem(text: "answers \(status.code)\(phrase)", advice: advice)
    }
}
