import Settings
import Testing

struct SiteURLTests {
    static let origins: [(text: String, origin: String)] = [
        ("https://gatehouse.example", "https://gatehouse.example"),
        ("https://gatehouse.example/", "https://gatehouse.example"),
        ("HTTPS://Gatehouse.Example", "https://gatehouse.example"),
        ("https://a.example:443", "https://a.example"),
        ("http://a.example:80/", "http://a.example"), ("http://a.example:443", "http://a.example:443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"), ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
        ("https://xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ]

    @Test(arguments: origins)
    func `a site's URL has one origin`(text: String, origin: String) throws {
        let url = try #require(SiteURL(text))
        #expect(url.origin == origin)
        #expect(url.isSecure == origin.hasPrefix("https"))
    }

    static let refused = [
        "", "gatehouse.example", "//gatehouse.example", "ftp://a.example", "javascript://a.example",
        "https:/a.example",
        "https://", "https:///", "https://a.example/docs", "https://a.example//", "https://a.example?x",
        "https://a.example#x",
        "https://user@a.example", "https://user:pass@a.example", "https://a.example:", "https://a.example:0",
        "https://a.example:65536", "https://a.example:+80", "https://a.example:80:80", "https://a..example",
        "https://-a.example",
        "https://a_b.example", "https://bücher.example", "https://a.example ", "https://a\n.example",
        "https://[::1", "https://[1.2.3.4]",
        "https://::1", "https://a.example\\b", "https://%61.example",
    ]

    @Test(arguments: refused)
    func `what is more or less than scheme, host and port is refused`(text: String) {
        #expect(SiteURL(text) == nil)
    }
}
