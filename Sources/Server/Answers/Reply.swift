import FoundationEssentials
import Ground
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// A page that the runtime made.
    ///
    /// Never kept by anyone: it is about one visitor at one moment. Never compressed: its form's token stands beside what the
    /// request said, and lengths would tell (BREACH).
    static func page(_ html: String, _ status: HTTPResponse.Status = .ok, cookies: [String] = []) -> Response
    {
        page(ByteBuffer(string: html), status, cookies: cookies)
    }

    /// A page whose bytes lie there already.
    static func page(
        _ html: ByteBuffer,
        _ status: HTTPResponse.Status = .ok,
        cookies: [String] = []
    ) -> Response {
        let fields: HTTPFields = [
            .contentType: "text/html; charset=utf-8", .cacheControl: "private, no-store",
        ]
        var response = Response(
            status: status,
            headers: fields,
            body: ResponseBody(byteBuffer: html)
        )
        response.add(cookies)
        return response
    }

    /// JSON for programs: an object that always says `success`.
    static func json(_ value: some Encodable, _ status: HTTPResponse.Status = .ok, cookies: [String] = [])
        throws -> Response
    {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var bytes = ByteBuffer()
        bytes.writeBytes(try encoder.encode(value))
        let fields: HTTPFields = [.contentType: "application/json", .cacheControl: "private, no-store"]
        var response = Response(status: status, headers: fields, body: ResponseBody(byteBuffer: bytes))
        response.add(cookies)
        return response
    }

    /// Leads on with a GET (RFC 9110 §15.4.4).
    static func seeOther(_ location: String, cookies: [String] = []) -> Response {
        var response = Response(
            status: .seeOther,
            headers: [.location: location, .cacheControl: "private, no-store"]
        )
        response.add(cookies)
        return response
    }

    mutating func add(_ cookies: [String]) {
        for cookie in cookies { headers.append(HTTPField(name: .setCookie, value: cookie)) }
    }
}

/// `{"success": true}`, as the SSR guide's examples answer.
struct Success: Encodable {
    var success = true
}

/// `{"success": false, "error": "…"}` with a word for programs and the id by which the log knows the request.
struct Failure: Encodable {
    var success = false
    let error: String
    let code: String
    /// Whom the session belongs to, where that is why.
    let account: String?
    let missing: [String]?
    let requestID: String

    init(_ problem: Problem, requestID: String) {
        error = problem.message
        code = problem.code
        account = problem.signedInAs
        missing = problem.missing.isEmpty ? nil : problem.missing
        self.requestID = requestID
    }

    private enum CodingKeys: String, CodingKey {
        case success, error, code, account, missing
        case requestID = "request_id"
    }
}
