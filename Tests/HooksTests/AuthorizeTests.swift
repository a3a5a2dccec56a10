import Foundation
import Settings
import Synchronization
import Testing
import Transfer

@testable import Hooks

@Suite(.timeLimit(.minutes(1))) struct AuthorizeTests {
    private let attempt = AuthAttempt(
        .signIn,
        way: "password",
        user: "u1",
        email: "ada@example.com",
        address: "192.0.2.7",
        request: "r1"
    )

    private func verdict(
        _ answer: Receiver.Answer,
        onFailure: HookSettings.OnFailure = .deny
    ) async throws -> (AuthVerdict, [Receiver.Request]) {
        let result = Mutex<(AuthVerdict, [Receiver.Request])?>(nil)
        try await Receiver.run { receiver, url in
            receiver.answer { _ in answer }
            let clock = TestClock()
            let transfer = try TransferClient()
            let hook = webhook(
                url,
                [.authorize],
                onFailure: onFailure,
                transfer: transfer,
                clock: clock
            )
            let events = AuthEvents(outlets: [.init(hook, spool: nil)], logger: quiet, now: { clock.now })
            let verdict = await events.authorize(attempt)
            await transfer.shutdown()
            result.withLock { $0 = (verdict, receiver.received) }
        }
        return try #require(result.withLock { $0 })
    }

    @Test func `the hook is told who wants what, and says yes`() async throws {
        let (verdict, received) = try await verdict(.init(status: 200, body: #"{"allow":true}"#))
        #expect(verdict == .allow)
        let body = try #require(received.first?.body)
        #expect(received.first?.event == "authorize")
        for field in [
            #""attempt":"sign_in""#, #""type":"authorize""#, #""user":"u1""#, #""email":"ada@example.com""#,
            #""address":"192.0.2.7""#, #""way":"password""#,
        ] { #expect(body.contains(field)) }
    }

    @Test func `a refusal brings its reason, on one line`() async throws {
        let (verdict, _) = try await verdict(
            .init(status: 200, body: #"{"allow":false,"reason":"Not\nfrom here."}"#)
        )
        #expect(verdict == .refuse("Not from here."))
    }

    @Test(arguments: [
        Receiver.Answer(status: 500), .init(status: 200, body: "yes"), .init(status: 204),
        .init(status: 200, body: #"{"allow":"yes"}"#), .init(status: 302, location: "/hook"),
    ])
    func `what is no answer is a no, unless the operator says otherwise`(answer: Receiver.Answer) async throws
    {
        #expect(try await verdict(answer).0 == .refuse(""))
        #expect(try await verdict(answer, onFailure: .allow).0 == .allow)
    }

    @Test func `a hook that nobody answers at is a no`() async throws {
        let transfer = try TransferClient()
        let clock = TestClock()
        let hook = webhook("http://127.0.0.1:9/", [.authorize], transfer: transfer, clock: clock)
        let events = AuthEvents(outlets: [.init(hook, spool: nil)], logger: quiet, now: { clock.now })
        #expect(await events.authorize(attempt) == .refuse(""))
        await transfer.shutdown()
    }

    private struct Refuser: AuthHook {
        func authorize(_ attempt: AuthAttempt) async -> AuthVerdict { .refuse("no") }
    }

    private struct Sleeper: AuthHook {
        func authorize(_ attempt: AuthAttempt) async -> AuthVerdict {
            // Longer than any test; the wait ends when the asking task is cancelled.
            try? await Task.sleep(for: .seconds(3600))
            return .allow
        }
    }

    @Test func `a hook of Swift may refuse, and none in time means no`() async {
        let refusing = AuthEvents(hooks: [Refuser()], logger: quiet, now: { .now })
        #expect(await refusing.authorize(attempt) == .refuse("no"))
        let slow = AuthEvents(hooks: [Sleeper()], patience: .milliseconds(1), logger: quiet, now: { .now })
        #expect(await slow.authorize(attempt) == .refuse(""))
        #expect(await AuthEvents(logger: quiet, now: { .now }).authorize(attempt) == .allow)
    }
}
