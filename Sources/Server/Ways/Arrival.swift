import Appwrite
import Ground
import HTTPTypes
import Hummingbird

/// A request as the ways in see it: who sends it, from where, with what in hand.
struct Arrival: Sendable {
    let method: HTTPRequest.Method
    let fields: HTTPFields
    let query: [String: String]
    let address: ClientAddress
    let requestID: String
    /// The session secrets that came along, the likeliest first.
    let secrets: [Secret]
    /// What our own cookie says of the visitor, where it is genuine.
    let visit: Visit?
}

extension Arrival {
    init(_ request: Request, _ context: ServerContext, at desk: Desk) {
        method = request.method
        fields = request.headers
        query = FormBody.query(request.uri.query ?? "")
        address = ClientAddress(peer: context.peer, fields: fields, trusted: desk.trustedProxies)
        requestID = context.requestID
        secrets = desk.cookie.secrets(in: fields)
        visit = desk.visits.visit(in: fields)
    }

    /// Whether the answer should be JSON: it is asked for, or JSON was sent.
    var wantsJSON: Bool {
        fields.wantsJSON || fields[.contentType]?.hasPrefix("application/json") ?? false
    }

    /// Whom Appwrite should note down: the visitor, not this server.
    var caller: Caller {
        Caller(userAgent: fields[.userAgent], address: address.text, locale: nil)
    }

    /// The secret that our own visit cookie vouches for, and what that cookie knows of it.
    func vouched(by keys: ServerKeys) -> (secret: Secret, visit: Visit)? {
        guard let visit, visit.kind != .seen,
            let secret = secrets.first(where: { keys.fingerprint(of: $0) == visit.mark })
        else { return nil }
        return (secret, visit)
    }
}
