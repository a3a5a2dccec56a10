import HTTPTypes

/// Making a session, which four routes end with.
struct NewSession {
    let provider: String
    let factor: String

    /// Keeps the session and gives the 201 with its cookies.
    func answer(for user: User, _ exchange: borrowing Exchange, _ directory: inout Directory) -> Answer {
        let secret = SessionSecret(userID: user.id, inner: directory.random.hex(256))
        let session = Session(
            id: directory.newID(),
            serial: directory.nextSerial(),
            userID: user.id,
            provider: provider,
            secretHash: secret.hash,
            created: directory.now,
            updated: directory.now,
            expire: directory.now.advanced(bySeconds: exchange.configuration.sessionDuration),
            address: exchange.call.clientAddress,
            userAgent: exchange.userAgent,
            factors: [factor]
        )
        directory.add(session)
        let shown = exchange.showsSecrets ? secret.text : ""
        var answer = Answer.json(201, session.json(isCurrent: true, secret: shown))
        answer.headers.append(contentsOf: exchange.cookies(secret.text, until: session.expire))
        return answer
    }
}

extension Exchange {
    /// `X-Forwarded-User-Agent` counts only with a key.
    var userAgent: UserAgent {
        let forwarded = key == nil ? nil : call.header("X-Forwarded-User-Agent")
        return UserAgent(text: forwarded ?? call.headers[.userAgent] ?? "UNKNOWN")
    }

    /// The session's cookie, its twin for browsers without SameSite, and the fallback header for callers on another
    /// site, as server callers always are (contract, section 2).
    func cookies(_ secret: String, until expire: Moment) -> HTTPFields {
        var fields = HTTPFields()
        let value = "\(FormText.encoded(secret)); expires=\(expire.cookieText); path=/\(cookieDomain)"
        fields.append(HTTPField(name: .setCookie, value: "\(cookieName)_legacy=\(value); httponly"))
        fields.append(HTTPField(name: .setCookie, value: "\(cookieName)=\(value); httponly; samesite=None"))
        if !isSameSite {
            let fallback: JSONValue = .object([.init(key: cookieName, value: .text(secret))])
            fields[.fallbackCookies] = fallback.json
        }
        return fields
    }

    /// Both cookies in the past, and an empty fallback.
    var expiredCookies: HTTPFields {
        let past = Moment(milliseconds: 0).advanced(bySeconds: 1)
        var fields = cookies("", until: past)
        if !isSameSite { fields[.fallbackCookies] = "[]" }
        return fields
    }

    /// None for localhost and for addresses, which is what this service is called by.
    private var cookieDomain: String {
        let host = call.hostname
        let isAddress = host.contains(":") || host.allSatisfy { $0.isNumber || $0 == "." }
        return host == "localhost" || isAddress ? "" : "; domain=.\(host)"
    }

    private var isSameSite: Bool {
        let from = call.headers[.origin] ?? call.headers[.referer]
        return from.flatMap(URLParts.init)?.host == call.hostname
    }
}
