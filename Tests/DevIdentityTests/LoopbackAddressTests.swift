import Testing

@testable import DevIdentity

struct LoopbackAddressTests {
    static let loopback = [
        ("localhost", "127.0.0.1"), ("LocalHost", "127.0.0.1"), ("127.0.0.1", "127.0.0.1"),
        ("127.255.3.0", "127.255.3.0"), ("::1", "::1"), ("[::1]", "::1"),
    ]

    @Test(arguments: loopback)
    func `what only this machine can reach is taken`(text: String, address: String) throws {
        #expect(try LoopbackAddress(text).text == address)
    }

    static let others = [
        "0.0.0.0", "::", "*", "", "192.168.1.2", "128.0.0.1", "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.1", "127.0.0.256", "127.0.0.01", "127.0.0.+1", "127.0.0.1 ", "::ffff:127.0.0.1", "example.com",
        "127.0.0.-1", "1270.0.0.1", "127.0.0.1:80",
    ]

    @Test(arguments: others)
    func `anything else is refused with words`(text: String) throws {
        let error = try #require(throws: LoopbackAddress.Refused.self) { try LoopbackAddress(text) }
        #expect(error.description.contains("'\(text)' is not localhost, ::1 or 127.x.x.x"))
    }

    @Test func `an address stands in a URL with its brackets`() throws {
        #expect(try LoopbackAddress("::1").urlHost == "[::1]")
        #expect(LoopbackAddress.standard.urlHost == "127.0.0.1")
    }
}
