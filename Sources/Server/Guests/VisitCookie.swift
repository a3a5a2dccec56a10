package import FoundationEssentials
import Ground
package import HTTPTypes

/// The signed, stateless cookie by which a browser is known to keep cookies, and its session to be one that we gave.
///
/// It lets reads be counted per visitor without asking Appwrite: only we can sign it, and it names the session that it
/// goes with by fingerprint. It carries the ids that an API-keyed sign-out needs.
package struct Visit: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// Has read one page.
        case seen = "s"
        /// Holds an anonymous session that we created.
        case guest = "g"
        /// Signed in here.
        case member = "m"
    }

    package let kind: Kind
    /// For `seen` a random text; otherwise the fingerprint of the session's secret.
    package let mark: String
    /// Appwrite's ids; empty for `seen`.
    package let userID: String
    package let sessionID: String
    /// What a member showed to sign in, by Appwrite's words for factors: while a second one is missing, Appwrite does not tell.
    package let factors: [String]
    /// When the session ends, in seconds since 1970; nil where that was not noted.
    package let expires: Int?

    package init(
        kind: Kind,
        mark: String,
        userID: String = "",
        sessionID: String = "",
        factors: [String] = [],
        expires: Int? = nil
    ) {
        self.kind = kind
        self.mark = mark
        self.userID = userID
        self.sessionID = sessionID
        self.expires = expires
        self.factors = factors.filter {
            $0.utf8.allSatisfy { ("a"..."z").contains(Character(Unicode.Scalar($0 | 0x20))) }
        }
    }
}

/// Writes and reads the visit cookie.
package struct VisitCookie: Sendable {
    package static let name = "gatehouse_visit"
    /// In seconds.
    private static let lifetime: TimeInterval = 366 * 86400

    private let keys: ServerKeys
    private let attributes: CookieAttributes
    private let name: String
    private let now: @Sendable () -> Date

    package init(keys: ServerKeys, attributes: CookieAttributes, now: @escaping @Sendable () -> Date) {
        self.keys = keys
        self.attributes = attributes.lax
        name = attributes.name(Self.name)
        self.now = now
    }

    /// What the browser shows; nil where it shows none of ours, or an altered or old one.
    package func visit(in fields: HTTPFields) -> Visit? { held(in: fields)?.visit }

    /// How many seconds ago it was set.
    package func age(in fields: HTTPFields) -> TimeInterval? {
        held(in: fields).map { now().timeIntervalSince1970 - $0.time }
    }

    /// Sets the cookie for a year.
    package func set(_ visit: Visit) -> String {
        let time = Int(now().timeIntervalSince1970)
        let factors = visit.factors.joined(separator: ".")
        let expires = visit.expires.map { "\($0)" } ?? ""
        let text = [
            visit.kind.rawValue, "\(time)", visit.mark, visit.userID, visit.sessionID, factors, expires,
        ].joined(separator: "~")
        let value = "\(text)~\(keys.signature(of: text, for: .visit))"
        return attributes.cookie(name, value: value, expires: now().addingTimeInterval(Self.lifetime))
    }

    package var cleared: String { attributes.cleared(name) }
}

extension VisitCookie {
    private func held(in fields: HTTPFields) -> (visit: Visit, time: TimeInterval)? {
        Cookies(fields)[name].lazy.compactMap(held).first
    }

    private func held(_ value: String) -> (visit: Visit, time: TimeInterval)? {
        guard value.utf8.count < 512 else { return nil }
        let parts = value.split(separator: "~", omittingEmptySubsequences: false).map(String.init)
        // Without factors, or without the session's end, as older releases set it.
        guard (6...8).contains(parts.count), let kind = Visit.Kind(rawValue: parts[0]),
            let time = TimeInterval(parts[1]),
            keys.verify(parts[parts.count - 1], of: parts.dropLast().joined(separator: "~"), for: .visit),
            (-300..<Self.lifetime).contains(now().timeIntervalSince1970 - time)
        else { return nil }
        let visit = Visit(
            kind: kind,
            mark: parts[2],
            userID: parts[3],
            sessionID: parts[4],
            factors: parts.count > 6 ? parts[5].split(separator: ".").map(String.init) : [],
            expires: parts.count > 7 ? Int(parts[6]) : nil
        )
        return (visit, time)
    }
}
