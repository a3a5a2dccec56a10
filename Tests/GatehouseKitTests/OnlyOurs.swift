import GatehouseKit
import Synchronization

/// As the manual shows it, and with no more than the library's public words.
final class OnlyOurs: AuthHook {
    private let heard = Mutex<[AuthEvent.Kind]>([])

    var kinds: [AuthEvent.Kind] { heard.withLock { $0 } }

    func observe(_ event: AuthEvent) async { heard.withLock { $0.append(event.kind) } }

    func authorize(_ attempt: AuthAttempt) async -> AuthVerdict {
        attempt.address.hasPrefix("10.") ? .allow : .refuse("Only from the office.")
    }
}
