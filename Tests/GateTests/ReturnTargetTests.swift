import Gate
import Ground
import Testing

struct ReturnTargetTests {
    private static func table() throws -> GateTable {
        try GateTable([
            GateTableTests.route("/"), GateTableTests.route("/members/", .private),
            GateTableTests.route("/members/fees/", .private),
            GateTableTests.route("/größe/"), GateTableTests.route("/two words/"),
            GateTableTests.route("/logo.png", kind: .asset),
        ])
    }

    @Test
    func `the file of hostile targets is there`() {
        #expect(fixtureLines("hostile-return-targets.txt").count > 100)
    }

    @Test(arguments: fixtureLines("hostile-return-targets.txt"))
    func `a hostile return target leads home`(target: String) throws {
        #expect(ReturnTarget(target, among: try Self.table()).page == .root)
    }

    @Test(arguments: [String?.none, "", "/"])
    func `no target leads home`(target: String?) throws {
        #expect(ReturnTarget(target, among: try Self.table()).page == .root)
    }

    @Test(arguments: [
        ("/members/", "/members/"), ("/members", "/members/"), ("/members/fees", "/members/fees/"),
        ("/m%65mbers/", "/members/"),
        ("/gr%C3%B6%C3%9Fe/", "/größe/"), ("/two%20words", "/two words/"),
    ])
    func `a page of this site is returned to`(target: String, page: String) throws {
        #expect(ReturnTarget(target, among: try Self.table()).page.text == page)
    }
}
