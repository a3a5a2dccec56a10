import Foundation
import Ground
import Testing

struct SecretTests {
    private struct Holder {
        let name = "visitor"
        let secret = Secret("s3cr3t-7f")
    }

    @Test
    func `every way of printing shows that something is hidden, and nothing else`() {
        let secret = Secret("s3cr3t-7f")
        var dumped = ""
        dump(secret, to: &dumped)
        var printed = ""
        print(secret, to: &printed)
        let ways = [
            "\(secret)", "\(secret as Any)", "\(Optional(secret) as Any)", "\([secret])", "\(["k": secret])",
            "\((secret, 1))",
            String(describing: secret), String(reflecting: secret), secret.description,
            secret.debugDescription, dumped, printed,
            "\(Holder())", String(reflecting: Holder()), "\(Result<Secret, Never>.success(secret))",
            String(format: "%@", "\(secret)"),
        ]
        for way in ways {
            #expect(way.contains("<hidden>"))
            #expect(!way.contains("s3cr3t"))
        }
    }

    @Test
    func `a dump of what holds a secret does not hold its text`() {
        var dumped = ""
        dump(Holder(), to: &dumped)
        dump([Secret("s3cr3t-7f")], to: &dumped)
        dump(["k": Secret("s3cr3t-7f")], to: &dumped)
        #expect(dumped.contains("<hidden>"))
        #expect(!dumped.contains("s3cr3t"))
    }

    @Test
    func `a mirror has no children`() {
        let mirror = Mirror(reflecting: Secret("s3cr3t-7f"))
        #expect(mirror.children.isEmpty)
        #expect(mirror.superclassMirror == nil)
    }

    @Test(arguments: [
        ("a", "a", true), ("", "", true), ("a", "b", false), ("a", "", false), ("ab", "aB", false),
        ("\u{e9}", "e\u{301}", false),
    ])
    func `secrets are equal when their bytes are`(left: String, right: String, areEqual: Bool) {
        #expect((Secret(left) == Secret(right)) == areEqual)
        #expect(Secret(left).isEmpty == left.isEmpty)
    }
}
