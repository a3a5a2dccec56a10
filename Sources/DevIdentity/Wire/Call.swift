import HTTPTypes

/// One request, taken apart.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// Percent-decoded segments of the path.
    let path: [String]
    let query: [String: JSONValue]
    let headers: HTTPFields
    /// The `Host` of the request, with its port.
    let authority: String
    /// Where the connection comes from.
    let peer: String
    /// The arguments: those of the query for a GET, else those of the body.
    let parameters: [String: JSONValue]

    init(request: HTTPRequest, peer: String, body: [UInt8]) {
        let target = (request.path ?? "/").split(
            separator: "?",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        method = request.method
        path = target[0].split(separator: "/").map { FormText.decoded($0, plusIsSpace: false) }
        query = target.count > 1 ? FormText.fields(target[1]) : [:]
        headers = request.headerFields
        authority = request.authority ?? "localhost"
        self.peer = peer
        parameters = request.method == .get ? query : Self.arguments(of: body, headers)
    }

    func header(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The host without its port.
    var hostname: String { URLParts.hostname(ofAuthority: authority) }

    /// The leftmost valid address of `X-Forwarded-For`, which Appwrite trusts by default, else the peer's.
    var clientAddress: String {
        let forwarded = header("X-Forwarded-For") ?? ""
        let addresses = forwarded.split(separator: ",").map { String($0.filter { $0 != " " }) }
        return addresses.first(where: Self.isAddress) ?? peer
    }

    private static func arguments(of body: [UInt8], _ headers: HTTPFields) -> [String: JSONValue] {
        if headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true {
            return FormText.fields(String(decoding: body, as: UTF8.self))
        }
        let members = JSONValue(parsing: body)?.members ?? []
        return Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    }

    /// Near enough: four numbers to 255, or hexadecimal groups with colons.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 4 { return parts.allSatisfy { UInt8($0) != nil } }
        return text.contains(":") && text.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
    }
}
