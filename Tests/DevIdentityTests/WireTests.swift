import HTTPTypes
import Testing

@testable import DevIdentity

struct MomentTests {
    static let moments: [(Int64, String, String)] = [
        (0, "1970-01-01T00:00:00.000+00:00", "Thu, 01-Jan-1970 00:00:00 GMT"),
        (951_782_400_000, "2000-02-29T00:00:00.000+00:00", "Tue, 29-Feb-2000 00:00:00 GMT"),
        (1_784_714_400_007, "2026-07-22T10:00:00.007+00:00", "Wed, 22-Jul-2026 10:00:00 GMT"),
        (1_798_761_599_999, "2026-12-31T23:59:59.999+00:00", "Thu, 31-Dec-2026 23:59:59 GMT"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000+00:00", "Mon, 01-Mar-2100 00:00:00 GMT"),
    ]

    @Test(arguments: moments)
    func `a time is written as Appwrite writes it`(milliseconds: Int64, text: String, cookie: String) {
        let moment = Moment(milliseconds: milliseconds)
        #expect(moment.text == text)
        #expect(moment.cookieText == cookie)
        #expect(moment.storedText == text.replacing("T", with: " ").prefix(23))
    }
}

struct JSONValueTests {
    static let texts = [
        "{}", "[]", "null", "true", "0", "-1.5", "\"\"", #"{"a":[1,{"b":"c"}],"d":null}"#, #""\"\\\u000a""#,
        "\"ß🙂\"",
    ]

    @Test(arguments: texts)
    func `a text that is read is written back`(text: String) throws {
        #expect(try #require(JSONValue(parsing: text.utf8)).json == text)
    }

    @Test(arguments: ["", "{", "{\"a\":}", "nonsense", "[1,]x"])
    func `what is no JSON is nothing`(text: String) {
        #expect(JSONValue(parsing: text.utf8) == nil)
    }
}

struct FormTextTests {
    @Test func `a query is read as PHP reads it`() {
        let fields = FormText.fields("a=1&b=x+y%20z&c%5B0%5D=p&c[]=q&d&e=%zz&a=2")
        #expect(fields["a"] == "2")
        #expect(fields["b"] == "x y z")
        #expect(fields["c"] == .list(["p", "q"]))
        #expect(fields["d"] == "")
        #expect(fields["e"] == "%zz")
    }

    @Test(arguments: ["a b&c=d/é", "+=%", "", "~-._"])
    func `what is encoded is decoded`(text: String) {
        #expect(FormText.decoded(FormText.encoded(text)) == text)
    }
}

struct URLPartsTests {
    static let hosts: [(String, String?)] = [
        ("http://Localhost:8080/x?y#z", "localhost"), ("https://user:pw@example.com", "example.com"),
        ("http://[::1]:80/", "::1"), ("app://open/x", "open"), ("http:///x", nil), ("//example.com", nil),
        ("nonsense", nil), ("http://good.example\\@evil.example/", "good.example"), ("/path", nil), ("", nil),
    ]

    @Test(arguments: hosts)
    func `the host of a URL is found`(url: String, host: String?) {
        #expect(URLParts(url)?.host == host)
    }

    @Test func `fields are added before the fragment, and what was there stays`() {
        #expect(URLParts("http://a/b#c")?.adding([("x", "1 2")]) == "http://a/b?x=1%202#c")
        #expect(URLParts("http://a/b?y=1")?.adding([("x", "1")]) == "http://a/b?y=1&x=1")
    }
}

struct UserAgentTests {
    static let agents = [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1",
            "iOS", "Safari", "18.0", "smartphone"
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.2.1",
            "Windows",
            "Microsoft Edge", "130.0", "desktop"
        ),
        ("curl/8.5.0", "", "curl", "8.5", ""), ("UNKNOWN", "", "", "", ""),
    ]

    @Test(arguments: agents)
    func `the usual devices are told apart`(
        text: String,
        system: String,
        client: String,
        version: String,
        device: String
    ) {
        let agent = UserAgent(text: text)
        #expect((agent.system.name, agent.client.name) == (system, client))
        #expect((agent.clientVersion, agent.device) == (version, device))
    }
}

struct SecretTextTests {
    @Test func `a session secret is base64 of JSON`() throws {
        let secret = SessionSecret(userID: "member", inner: String(repeating: "0a", count: 128))
        #expect(try #require(SessionSecret(secret.text)).inner == secret.inner)
        #expect(SessionSecret("e30=") == nil)
        #expect(SessionSecret("not base64!") == nil)
    }

    @Test func `a signed token is taken with its own key only`() {
        let token = SignedToken(secret: "s", provider: "github", expire: Moment(milliseconds: 5000))
        let random = IdentityRandom.system
        let (key, other) = (
            Directory(now: token.expire, random: random).signingKey,
            Directory(now: token.expire, random: random).signingKey
        )
        #expect(SignedToken(token.text(key: key), key: key) == token)
        #expect(SignedToken(token.text(key: key), key: other) == nil)
        #expect(SignedToken(token.text(key: key) + ".", key: key) == nil)
    }

    @Test func `a password hash knows its password and its salt`() {
        let hash = PasswordHash("open-the-gate", salt: [1])
        #expect(hash.matches("open-the-gate"))
        #expect(!hash.matches("open-the-gates"))
        #expect(hash != PasswordHash("open-the-gate", salt: [2]))
    }
}

struct ResponseFormatTests {
    static let formats: [(String, [String], Bool)] = [
        ("1.9.6", ["targets", "impersonator"], false), ("1.8.0", ["targets"], false), ("1.4.0", [], false),
        ("2.5.0", ["targets", "impersonator"], true), ("nonsense", ["targets", "impersonator"], false),
    ]

    @Test(arguments: formats)
    func `an older client gets the fields of its time, a newer one a warning`(
        format: String,
        present: [String],
        warned: Bool
    ) async throws {
        try await Lab().run { caller in
            let name = try #require(HTTPField.Name("X-Appwrite-Response-Format"))
            let reply = try await caller.ask(.get, "/users/member", as: .key, headers: [name: format])
            #expect(["targets", "impersonator"].filter { reply.json[$0] != nil } == present)
            #expect((reply[header: "X-Appwrite-Warning"] != nil) == warned)
        }
    }
}
