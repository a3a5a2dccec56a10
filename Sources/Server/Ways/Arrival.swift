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
    /// The session secrets that came along, the likeliest first: before all others the one that we gave.
    let secrets: [Secret]
    /// Whether more came along than are looked at.
    let hasMoreSecrets: Bool
    /// What our own cookie says of the visitor, where it is genuine.
    let visit: Visit?
    /// The secret that our own visit cookie vouches for, and what that cookie knows of it.
    let vouched: (secret: Secret, visit: Visit)?
}

extension Arrival {
    init(_ request: Request, _ context: ServerContext, at desk: Desk) {
        method = request.method
        fields = request.headers
        query = FormBody.query(request.uri.query ?? "")
        address = ClientAddress(peer: context.peer, fields: fields, trusted: desk.trustedProxies)
        requestID = context.requestID
        let sent = desk.cookie.secrets(in: fields)
        let visit = desk.visits.visit(in: fields)
        let ours = visit.flatMap { visit in
            visit.kind == .seen ? nil : sent.first { desk.keys.fingerprint(of: $0) == visit.mark }
        }
        secrets = Array(([ours].compactMap(\.self) + sent.filter { $0 != ours }).prefix(Self.mostSecrets))
        hasMoreSecrets = sent.count > Self.mostSecrets
        self.visit = visit
        vouched = visit.flatMap { visit in ours.map { ($0, visit) } }
    }

    /// A browser may hold an old session of another domain or path beside its own; more are a stranger's.
    private static let mostSecrets = 3

    /// Whether the answer should be JSON: it is asked for, or JSON was sent.
    var wantsJSON: Bool {
        fields.wantsJSON || fields[.contentType]?.hasPrefix("application/json") ?? false
    }

    /// Whom Appwrite should note down: the visitor, not this server.
    var caller: Caller {
        Caller(userAgent: fields[.userAgent], address: address.text, locale: nil)
    }
}
