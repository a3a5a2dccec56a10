import Foundation
import Ground
import Hooks
import Testing

struct HookSignatureTests {
    @Test func `a signature is HMAC-SHA256 over the time, a dot and the body`() {
        let signature = HookSignature([Secret("hush")])
        // Computed with Python's hmac.
        #expect(
            signature.text(for: Array("{}".utf8), at: Date(timeIntervalSince1970: 1_764_570_000))
                == "t=1764570000,v1=4a6d1e0f0576393f72d9aa0ca3d0a25e861f9107d2628b5b2d50bfb838909178"
        )
    }

    @Test func `while a secret is changed both sign`() {
        let text = HookSignature([Secret("new"), Secret("old")]).text(for: [], at: Date())
        let parts = text.split(separator: ",")
        #expect(parts.count == 3)
        #expect(parts[1] != parts[2])
    }
}
