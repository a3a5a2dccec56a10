import Foundation
import Ground
import Hooks
import Logging
import Settings
import Synchronization
import Transfer

/// A clock that only moves when a test moves it.
final class TestClock: Sendable {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_764_570_000))

    var now: Date { moment.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
let hookSecret = Secret("hushhush")

/// A folder of the test's own, removed behind it.
func withFolder(_ test: (_ path: String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
        path: "gatehouse-hooks-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        // What stays behind lies in the temporary folder.
        try? FileManager.default.removeItem(at: folder)
    }
    try await test(folder.path)
}

func event(_ kind: AuthEvent.Kind = .signIn, _ number: Int = 1) -> AuthEvent {
    var event = AuthEvent(
        kind,
        id: "event-\(number)",
        time: Date(timeIntervalSince1970: 1_764_570_000 + Double(number))
    )
    event.user = "u1"
    event.way = "password"
    return event
}

func webhook(
    _ url: String,
    _ events: Set<HookSettings.Event> = [.signIn],
    timeout: Int = 5000,
    onFailure: HookSettings.OnFailure = .deny,
    transfer: TransferClient,
    clock: TestClock
) -> Webhook {
    Webhook(
        HookSettings(
            name: "crm",
            url: url,
            events: events,
            secret: SecretSetting(name: "HOOK_SECRET", place: Place(file: "site.config")),
            timeout: timeout,
            onFailure: onFailure
        ),
        secrets: [hookSecret],
        transfer: transfer,
        now: { clock.now }
    )
}

func lines(of file: String) throws -> [String] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
}
