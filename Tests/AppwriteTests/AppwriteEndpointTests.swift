import Appwrite
import Testing

struct AppwriteEndpointTests {
    @Test(arguments: [
        ("https://fra.cloud.appwrite.io/v1", "https://fra.cloud.appwrite.io/v1"),
        ("https://fra.cloud.appwrite.io/v1/", "https://fra.cloud.appwrite.io/v1"),
        ("HTTP://localhost:8081/v1//", "http://localhost:8081/v1"),
        ("http://[::1]:8081/v1", "http://[::1]:8081/v1"), ("https://host.example", "https://host.example"),
        ("https://host.example/deep/v1", "https://host.example/deep/v1"),
    ])
    func `an endpoint is an address with or without a closing slash`(url: String, expected: String) {
        #expect(AppwriteEndpoint(url: url, project: "p")?.url == expected)
    }

    @Test(arguments: [
        "", "fra.cloud.appwrite.io/v1", "ftp://host.example/v1", "https:///v1",
        "https://user:word@host.example/v1",
        "https://host.example/v1?a=b", "https://host.example/v1#a", "https://host.example/v 1",
        "https://host\\x/v1",
        "https://host.example/v1\r\nX: y", "https://höst.example/v1",
    ])
    func `anything else is none`(url: String) {
        #expect(AppwriteEndpoint(url: url, project: "p") == nil)
    }

    @Test(arguments: [
        ("65f0c2", true), ("my-site_1.x", true), ("", false), ("a b", false), ("a\r\nb", false),
        ("a;b", false),
    ])
    func `a project id may stand in a header and a cookie's name`(project: String, isValid: Bool) {
        let endpoint = AppwriteEndpoint(url: "https://host.example/v1", project: project)
        #expect((endpoint != nil) == isValid)
        #expect(endpoint.map(\.cookieName) == (isValid ? "a_session_\(project)" : nil))
    }
}
