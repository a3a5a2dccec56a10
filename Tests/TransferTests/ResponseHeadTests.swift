import HTTPTypes
import Testing

@testable import Transfer

struct ResponseHeadTests {
    @Test(arguments: [
        ("Name: value\r\n", "value"),
        ("Name:value\n", "value"),
        ("Name: \t value \t\r\n", "value"),
        ("name: a: b\r\n", "a: b"),
        ("Name:\r\n", ""),
        ("Name: caf\u{e9}\r\n", "caf\u{e9}"),
        ("Na me: value\r\n", nil),
        (": value\r\n", nil),
        ("Name\r\n", nil),
        (" folded: value\r\n", nil),
    ])
    func `a line is a field or nothing`(line: String, value: String?) {
        var head = ResponseHead()
        head.add("HTTP/1.1 200 OK\r\n".utf8)
        head.add(line.utf8)
        #expect(head.fields[HTTPField.Name("Name")!] == value)
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\n", "OK"), ("HTTP/1.1 404 Not Found\r\n", "Not Found"), ("HTTP/2 200 \r\n", ""),
        ("HTTP/1.1 200\r\n", ""),
    ])
    func `the reason is what follows the status`(line: String, reason: String) {
        var head = ResponseHead()
        head.add(line.utf8)
        #expect(head.reason == reason)
    }
}
