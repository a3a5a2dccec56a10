import FoundationEssentials
import HTTPTypes
import Transfer

/// Spells calls as HTTP, and answers as values or failures.
struct Wire: Sendable {
    let endpoint: AppwriteEndpoint
    let credential: Credential
    let transfer: TransferClient
    let timeout: Duration

    /// The answer to a call that has one.
    func answer<Answer: Decodable>(
        to call: Call,
        as type: Answer.Type = Answer.self
    ) async throws(AppwriteFailure) -> Answer {
        let response = try await send(call)
        try check(response, to: call)
        do {
            return try JSONDecoder().decode(type, from: Data(response.body))
        } catch {
            // The decoder's own words could quote the answer, and with it a secret.
            throw .unavailable("the answer to \(call.method) \(call.path) is not what Appwrite answers")
        }
    }

    /// For a call whose success says nothing more.
    func perform(_ call: Call) async throws(AppwriteFailure) {
        try check(try await send(call), to: call)
    }

    /// The header of the answer to a call that succeeds.
    func fields(of call: Call) async throws(AppwriteFailure) -> HTTPFields {
        let response = try await send(call)
        try check(response, to: call)
        return response.head.headerFields
    }

    /// For a call whose answer is a redirect: its `Location`, which is an http or https URL.
    func location(of call: Call) async throws(AppwriteFailure) -> String {
        let response = try await send(call)
        guard 300...399 ~= response.head.status.code else {
            try check(response, to: call)
            throw .unavailable("no redirect came from \(call.path)")
        }
        guard let location = response.head.headerFields[.location], Self.isWebAddress(location) else {
            throw .unavailable("the redirect from \(call.path) leads to no web address")
        }
        return location
    }
}

extension Wire {
    private func send(_ call: Call) async throws(AppwriteFailure) -> TransferResponse {
        let request = try request(for: call)
        do throws(TransferFailure) {
            return try await transfer.send(
                request,
                body: call.body.map(Self.json) ?? [],
                limits: TransferLimits(connect: min(timeout, .seconds(3)), total: timeout)
            )
        } catch {
            throw error == .cancelled ? .cancelled : .unavailable(error.description)
        }
    }

    private func request(for call: Call) throws(AppwriteFailure) -> HTTPRequest {
        var fields = HTTPFields()
        fields[.accept] = "application/json"
        fields[.userAgent] = "Gatehouse"
        fields[.appwriteProject] = endpoint.project
        fields[.appwriteResponseFormat] = endpoint.responseFormat
        if call.body != nil { fields[.contentType] = "application/json" }
        try credential.addField(to: &fields)
        call.caller.addFields(to: &fields, withKey: credential.hasKey)
        return HTTPRequest(
            method: call.method,
            scheme: endpoint.scheme,
            authority: endpoint.authority,
            path: endpoint.basePath + call.target,
            headerFields: fields
        )
    }

    private func check(_ response: TransferResponse, to call: Call) throws(AppwriteFailure) {
        guard !(200...299 ~= response.head.status.code) else { return }
        throw Refusal(response, to: call, with: credential).failure(now: Date())
    }

    /// Encoding texts and what came as JSON cannot fail; an empty body would be refused by Appwrite, and so seen.
    private static func json(_ body: [String: Call.Field]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(body)).map { [UInt8]($0) } ?? []
    }

    private static func isWebAddress(_ text: String) -> Bool {
        let start = text.prefix(8).lowercased()
        guard start.hasPrefix("https://") || start.hasPrefix("http://") else { return false }
        return text.utf8.allSatisfy { 0x21...0x7e ~= $0 }
    }
}
