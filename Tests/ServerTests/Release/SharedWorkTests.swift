import Dispatch
import NIOCore
import Synchronization
import Testing

@testable import Server

struct SharedWorkTests {
    private struct Failed: Error {}

    @Test
    func `work that is under way is not begun again, and its outcome is everyone's`() async throws {
        let work = SharedWork<Int>()
        let gate = DispatchSemaphore(value: 0)
        let first = work.outcome(of: "a") {
            gate.wait()
            return 1
        }
        let second = work.outcome(of: "a") { 2 }
        gate.signal()
        #expect(try await first.get() == 1)
        #expect(try await second.get() == 1)
        #expect(try await work.outcome(of: "a") { 3 }.get() == 3)
    }

    @Test
    func `a failure is not kept`() async throws {
        let work = SharedWork<Int>()
        await #expect(throws: Failed.self) { try await work.outcome(of: "a") { throw Failed() }.get() }
        #expect(try await work.outcome(of: "a") { 1 }.get() == 1)
    }
}
