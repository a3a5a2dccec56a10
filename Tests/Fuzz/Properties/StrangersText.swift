import FoundationEssentials
import Gate
import Ground
import HTTPTypes
import Server
import Settings

/// Each parser that reads what strangers send, with what must hold of whatever it makes of any bytes.
///
/// The fuzzer makes the bytes up; the tests replay those that it kept.
package enum StrangersText: String, CaseIterable, Sendable {
    case path, cookie, form, json, query
    case returnAddress = "return-address"
    case range, forwarded, accept

    /// Runs the parser.
    ///
    /// - Returns: what is wrong with its result; nil where nothing is. A crash is the fuzzer's to see.
    package func flaw(of bytes: [UInt8]) -> String? {
        let text = String(decoding: bytes, as: UTF8.self)
        return switch self {
        case .path: Self.path(text)
        case .cookie: Self.cookie(text)
        case .form: Self.body(bytes, "application/x-www-form-urlencoded")
        case .json: Self.body(bytes, "application/json")
        case .query: FormBody.query(text).count > 101 ? "more fields than are read" : nil
        case .returnAddress: Self.returnAddress(text)
        case .range: Self.range(text)
        case .forwarded: Self.forwarded(text)
        case .accept: Self.accept(text)
        }
    }
}

extension StrangersText {
    /// A path is spelled in one way, leads nowhere but down, and stays one with a slash behind it.
    private static func path(_ text: String) -> String? {
        guard let path = PagePath(requestTarget: text) else { return nil }
        if PagePath(requestTarget: path.encoded) != path { return "another path when it is spelled again" }
        if PagePath(path.text) != path { return "no path when it is read as text" }
        let segments = path.text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if segments.contains(where: { $0 == "." || $0 == ".." }) || segments.dropLast().contains("") {
            return "a segment that leads elsewhere"
        }
        if path.text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f || "\\%?#".utf8.contains($0) }) {
            return "a character that no path has"
        }
        return path.asFolder.text.utf8.count <= 2049 ? nil : "longer than any page's"
    }

    /// Few secrets, which are fit to be sent on; and nothing that we are supposed to have signed.
    private static func cookie(_ text: String) -> String? {
        let fields: HTTPFields = [.cookie: text]
        let secrets = SessionCookie(name: "a_session_p", attributes: attributes).secrets(in: fields)
        if secrets.count > 16 { return "more secrets than are read" }
        let isFit = secrets.allSatisfy { secret in
            (8...4096).contains(secret.revealed.utf8.count)
                && secret.revealed.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3b }
        }
        if !isFit { return "a secret that no header can hold" }
        if VisitCookie(keys: keys, attributes: attributes, now: now).visit(in: fields) != nil {
            return "a visit that nobody signed"
        }
        let token = FormToken(keys: keys, attributes: attributes, now: now)
        return token.isGood(text, for: .signIn, from: fields) ? "a form token that nobody signed" : nil
    }

    private static func body(_ bytes: [UInt8], _ type: String) -> String? {
        // What is no form is refused, which is as good as any answer here.
        guard let form = try? FormBody(bytes, contentType: type) else { return nil }
        return ["email", "password", "to"].contains { form[$0]?.utf8.contains(0) == true }
            ? "a field with a NUL" : nil
    }

    /// Home, or a page of the table; never an asset, never elsewhere.
    private static func returnAddress(_ text: String) -> String? {
        guard let table else { return "no table" }
        let page = ReturnTarget(text, among: table).page
        if page != .root, table[page]?.kind != .page { return "leads to \(page.encoded)" }
        return page.encoded.hasPrefix("//") ? "leads to another host" : nil
    }

    private static func range(_ text: String) -> String? {
        for length in [0, 1, 10] {
            let range = ByteRange.requested(
                by: [.range: text],
                method: .get,
                of: length,
                validator: "\"v\""
            )
            if case .part(let bytes) = range, bytes.lowerBound < 0 || bytes.upperBound >= length {
                return "bytes \(bytes) of \(length)"
            }
        }
        return nil
    }

    /// Believed from a trusted peer only, and then no more than an address.
    private static func forwarded(_ text: String) -> String? {
        guard let name = HTTPField.Name("X-Forwarded-For"), let trusted = AddressRange("10.0.0.0/8") else {
            return "no name"
        }
        let fields: HTTPFields = [name: text]
        if ClientAddress(peer: "192.0.2.1", fields: fields, trusted: [trusted]).text != "192.0.2.1" {
            return "a stranger's word is believed"
        }
        let address = ClientAddress(peer: "10.0.0.1", fields: fields, trusted: [trusted])
        if AddressRange(address.text) == nil { return "no address: \(address.text)" }
        return address.limitKey.utf8.count <= 50 ? nil : "a count of \(address.limitKey.utf8.count) bytes"
    }

    private static func accept(_ text: String) -> String? {
        let encoding = AcceptEncoding(text)
        let weights = ContentCoding.allCases.map(encoding.weight) + [encoding.identityWeight ?? 0]
        if !weights.allSatisfy((0...1000).contains) { return "a weight of \(weights)" }
        return Conditional.isUnchanged("\"v\"", for: [.ifNoneMatch: text]) && !text.contains("\"v\"")
            && !text.contains("*") ? "unchanged without the validator" : nil
    }

    private static let keys = ServerKeys(from: Secret("standard_of_the_fuzzer"))
    private static let attributes = CookieAttributes(CookieSettings(), siteIsSecure: true)
    private static let now: @Sendable () -> Date = { Date(timeIntervalSince1970: 1_800_000_000) }

    /// A front page, a page and an asset for everyone, and a page for members.
    private static let table: GateTable? = {
        func route(_ path: String, _ kind: Route.Kind, _ visibility: Visibility) -> Route? {
            PagePath(path).map {
                Route(
                    path: $0,
                    kind: kind,
                    access: Access(visibility: visibility, requirements: [], place: Place(file: "x.md")),
                    file: "x",
                    mediaType: "text/html",
                    length: 1,
                    digest: String(repeating: "0", count: 64),
                    source: "x.md"
                )
            }
        }
        let routes = [
            route("/", .page, .public), route("/a/", .page, .public), route("/a.png", .asset, .public),
            route("/m/é/", .page, .private),
        ]
        // Distinct paths and no redirects: there is nothing to throw.
        return try? GateTable(routes.compactMap(\.self))
    }()
}
