import HTTPTypes
import Testing

@testable import Appwrite

struct CallerTests {
    @Test(arguments: [
        ("192.0.2.7", "192.0.2.7"), ("2001:db8::7", "2001:db8::7"), ("", nil), ("192.0.2.7, 10.0.0.1", nil),
        ("<script>", nil), ("unknown", nil), (String(repeating: "1", count: 46), nil),
    ])
    func `only an address is forwarded as one`(address: String, forwarded: String?) {
        #expect(fields(Caller(address: address))[.forwardedFor] == forwarded)
    }

    @Test(arguments: [
        ("de", "de"), ("pt-BR", "pt-BR"), ("", nil), ("d", nil), ("de,en;q=0.5", nil), ("../..", nil),
    ])
    func `only a language is forwarded as one`(locale: String, forwarded: String?) {
        #expect(fields(Caller(locale: locale))[.appwriteLocale] == forwarded)
    }

    @Test func `a browser's name is cut and cannot end its line`() {
        let long = fields(Caller(userAgent: String(repeating: "x", count: 9000)))
        #expect(long[.forwardedUserAgent]?.count == 512)
        let hostile = fields(Caller(userAgent: "a\r\nX-Appwrite-Session: b"))
        #expect(hostile.count == 1)
        #expect(hostile[.forwardedUserAgent]?.contains { $0.isNewline } == false)
    }

    @Test func `without a key the browser's name is not forwarded`() {
        #expect(fields(Caller(userAgent: "Firefox"), withKey: false).isEmpty)
    }

    private func fields(_ caller: Caller, withKey: Bool = true) -> HTTPFields {
        var fields = HTTPFields()
        caller.addFields(to: &fields, withKey: withKey)
        return fields
    }
}
