/// Why a request brought no response.
///
/// The texts are libcurl's and made for an operator's log. They may name a host and a port, and never hold a path, a
/// query, a header value or a body. A response with a bad status is no failure: it is returned.
package enum TransferFailure: Error, Equatable, Sendable {
    /// The request itself cannot be sent: no http or https address, or credentials in it.
    case badRequest(String)
    /// Nobody answered: the name is unknown, the connection was refused, or it broke before the end of the response.
    case unreachable(String)
    /// The client does not admit the address that the host stands for.
    case refusedAddress(String)
    /// The connection or the whole exchange took longer than its limit.
    case timedOut(String)
    /// The other side could not prove who it is, or there is no common ground for encryption.
    case tls(String)
    /// The response is larger than its limit, and was cut off there.
    case tooLarge(Part)
    /// What came back is not HTTP.
    case badResponse(String)
    /// The task that asked was cancelled, or the client was shut down while it waited.
    case cancelled
    /// The client had been shut down before.
    case closed

    /// The half of a response that outgrew its limit.
    package enum Part: String, Sendable {
        case head
        case body
    }
}

extension TransferFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .badRequest(let text): "the request cannot be sent: \(text)"
        case .unreachable(let text): "unreachable: \(text)"
        case .refusedAddress(let address): "the address \(address) is not admitted"
        case .timedOut(let text): "timed out: \(text)"
        case .tls(let text): "no secure connection: \(text)"
        case .tooLarge(let part): "the \(part.rawValue) of the response is too large"
        case .badResponse(let text): "not an HTTP response: \(text)"
        case .cancelled: "cancelled"
        case .closed: "the client is shut down"
        }
    }
}
