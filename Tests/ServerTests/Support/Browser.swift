import Foundation
import HTTPTypes
import Synchronization
import Transfer

/// A browser as far as these tests need one: it keeps cookies, says where it navigates from, and fills in forms.
final class Browser: Sendable {
    static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

    let origin: String
    private let transfer: TransferClient
    private let agent: String
    private let jar = Mutex<[String: String]>([:])

    init(origin: String, transfer: TransferClient, agent: String) {
        self.origin = origin
        self.transfer = transfer
        self.agent = agent
    }

    var cookies: [String: String] {
        get { jar.withLock { $0 } }
        set { jar.withLock { $0 = newValue } }
    }

    /// Navigates to a page, as by a link on a page of `site` (`none`, `same-origin` or `cross-site`).
    func visit(_ path: String, from site: String = "none", _ more: HTTPFields = [:]) async throws -> Page {
        var fields: HTTPFields = [.accept: "text/html,application/xhtml+xml,*/*;q=0.8"]
        fields[.init("Sec-Fetch-Mode") ?? .accept] = "navigate"
        fields[.init("Sec-Fetch-Site") ?? .accept] = site
        for field in more { fields[field.name] = field.value }
        return try await send(.get, path, fields)
    }

    /// Posts a form of our own site, as a browser does.
    func post(_ path: String, _ values: [String: String], _ more: HTTPFields = [:]) async throws -> Page {
        var fields: HTTPFields = [
            .accept: "text/html", .contentType: "application/x-www-form-urlencoded", .origin: origin,
        ]
        for field in more { fields[field.name] = field.value.isEmpty ? nil : field.value }
        let body = values.map { "\(Self.encoded($0.key))=\(Self.encoded($0.value))" }.joined(separator: "&")
        return try await send(.post, path, fields, Array(body.utf8))
    }

    /// Any request at all.
    func send(_ method: HTTPRequest.Method, _ path: String, _ fields: HTTPFields = [:], _ body: [UInt8] = [])
        async throws -> Page
    {
        var fields = fields
        fields[.userAgent] = agent
        let held = jar.withLock { $0 }
        if !held.isEmpty, fields[.cookie] == nil {
            fields[.cookie] = held.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let parts = origin.split(separator: "/").map(String.init)
        let request = HTTPRequest(
            method: method,
            scheme: "http",
            authority: parts[1],
            path: path,
            headerFields: fields
        )
        let response = try await transfer.send(request, body: body)
        let page = Page(response)
        keep(page.setCookies)
        return page
    }

    /// Opens a form's page and gives back its hidden fields.
    func form(_ path: String) async throws -> [String: String] {
        try await visit(path).hiddenFields
    }

    /// Signs in by the form, as a visitor does.
    @discardableResult
    func signIn(_ email: String = "member@example.com", password: String = "open-the-gate", to: String = "/")
        async throws -> Page
    {
        var values = try await form("/login?to=\(to)")
        values["email"] = email
        values["password"] = password
        return try await post("/login", values)
    }
}

extension Browser {
    private func keep(_ cookies: [String]) {
        jar.withLock { jar in
            for cookie in cookies {
                let pair = cookie.split(separator: ";")[0].split(
                    separator: "=",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                let isGone = cookie.contains("Max-Age=0")
                jar[String(pair[0])] = isGone ? nil : String(pair[1])
            }
        }
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

/// An answer, as a visitor sees it.
struct Page: Sendable {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]
    let text: String

    init(_ response: TransferResponse) {
        self.init(response.head.status.code, response.head.headerFields, Array(response.body))
    }

    init(_ status: Int, _ fields: HTTPFields, _ body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
        text = String(decoding: body, as: UTF8.self)
    }

    var location: String { fields[.location] ?? "" }
    var setCookies: [String] { fields[values: .setCookie] }
    func setCookie(_ name: String) -> String? { setCookies.first { $0.hasPrefix("\(name)=") } }

    /// The names and values of hidden inputs; of several of one name those of the first form.
    var hiddenFields: [String: String] {
        var found: [String: String] = [:]
        for match in text.matches(of: #/<input[^>]*type="hidden"[^>]*>/#) {
            let tag = String(match.output)
            guard let name = tag.firstMatch(of: #/name="([^"]*)"/#),
                let value = tag.firstMatch(of: #/value="([^"]*)"/#)
            else { continue }
            guard found[String(name.output.1)] == nil else { continue }
            found[String(name.output.1)] = Self.unescaped(String(value.output.1))
        }
        return found
    }

    private static func unescaped(_ text: String) -> String {
        [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
