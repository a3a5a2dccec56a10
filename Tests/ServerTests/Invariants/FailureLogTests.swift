import Appwrite
import Logging
import Testing

@testable import Server

struct FailureLogTests {
    private let lines = LogLines()
    private let clock = TestClock()

    private var failures: FailureLog {
        FailureLog(lines.logger, now: { [clock] in clock.now })
    }

    @Test
    func `an operator's mistake is an error, an outage a warning, the rest no alarm`() {
        let failures = failures
        failures.note(.keyRefused("its scopes"), "a")
        failures.note(.unavailable("timed out"), "b")
        failures.note(.invalidCredentials, "c")
        #expect(lines.all.map(\.level) == [.error, .warning, .info])
    }

    @Test
    func `what every visitor meets is told once a minute`() {
        let failures = failures
        for _ in 0..<100 { failures.noteOnce(.unavailable("timed out"), "a session could not be checked") }
        #expect(lines.all.count == 1)
        failures.noteOnce(.unavailable("refused"), "a session could not be checked")
        #expect(lines.all.count == 2)
        clock.advance(60)
        failures.noteOnce(.unavailable("timed out"), "a session could not be checked")
        #expect(lines.all.count == 3)
    }
}
