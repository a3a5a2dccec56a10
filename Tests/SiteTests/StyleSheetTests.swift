import Testing

@testable import Site

struct StyleSheetTests {
    @Test(arguments: [
        ("a{background:url(x.png)}", ["x.png"]), ("url( x.png )", ["x.png"]), ("URL(x)Url('y')", ["x", "y"]),
        ("url( 'x y.png' )", ["x y.png"]), ("url(\"x\")", ["x"]), ("url()", [""]), ("url('')", [""]),
        ("/* url(a) */url(b)", ["b"]), ("/* url(a)", []), ("/**/url(b)", ["b"]), ("/ *url(b)", ["b"]),
        ("content:\"url(a)\"; b: url(c)", ["c"]), ("'it\\'s url(a)' url(b)", ["b"]), ("\"a\nurl(b)", ["b"]),
        ("@import \"a.css\";", ["a.css"]), ("@IMPORT/* x */'a.css' print", ["a.css"]),
        ("@import url(a)", ["a"]),
        ("@charset \"utf-8\"; @namespace 'http://x'", []), ("@imported 'a'", []), ("@import", []),
        ("#url(a)", []), ("@url(a)", []), ("myurl(a)", []), ("-url(a)", []), ("5url(a)", []), ("url (a)", []),
        ("éurl(a)", []), ("\\75 rl(a)", []), ("ur\\6c(a)", []), ("curl(url(a))", ["a"]),
        ("url(a\\).png) url(b)", ["b"]), ("url(a(b) url(c)", ["c"]), ("url(a b) url(c)", ["c"]),
        ("url(a\"b) url(c)", ["c"]), ("url('a\nb') url(c)", []), ("url('a\\\nb') url(c)", ["c"]),
        ("url(x", ["x"]), ("url(", []), ("url('x", []), ("\"", []), ("\\", []), ("url(\\", []), ("@", []),
        ("#", []),
        ("url(data:image/svg+xml;utf8,x)", ["data:image/svg+xml;utf8,x"]),
        ("src: url(a.woff2) format('woff2'), url(b.woff)", ["a.woff2", "b.woff"]), ("", []),
    ])
    func `addresses are found in tokens, and nowhere else`(css: String, addresses: [String]) {
        let sheet = StyleSheet(Array(css.utf8))
        #expect(sheet.addresses.map { String(decoding: sheet.bytes[$0], as: UTF8.self) } == addresses)
        #expect(sheet.replacing { _ in nil } == sheet.bytes)
    }

    @Test func `only what has another address is changed`() {
        let sheet = StyleSheet(Array("/*a*/a{b:url(a) url('b?c') \"a\" url(a)}".utf8))
        let changed = sheet.replacing { $0 == "a" ? "a.12" : nil }
        #expect(String(decoding: changed, as: UTF8.self) == "/*a*/a{b:url(a.12) url('b?c') \"a\" url(a.12)}")
    }
}
