import Synchronization

/// The one answer to one request: whoever settles it first decides, the others are not heard.
///
/// The task that asked may be cancelled before it waits, while it waits, or just when the response arrives.
final class Ticket: Sendable {
    typealias Outcome = Result<TransferResponse, TransferFailure>

    private enum State {
        case open
        case awaited(CheckedContinuation<Outcome, Never>)
        case settled(Outcome)
        case collected
    }

    private let state = Mutex(State.open)

    /// Hands over the continuation, which is resumed once; at once where the outcome is there already.
    func wait(with continuation: CheckedContinuation<Outcome, Never>) {
        let outcome: Outcome? = state.withLock { state in
            if case .settled(let outcome) = state {
                state = .collected
                return outcome
            }
            state = .awaited(continuation)
            return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    func settle(_ outcome: Outcome) {
        let continuation: CheckedContinuation<Outcome, Never>? = state.withLock { state in
            switch state {
            case .open:
                state = .settled(outcome)
                return nil
            case .awaited(let continuation):
                state = .collected
                return continuation
            case .settled, .collected:
                return nil
            }
        }
        continuation?.resume(returning: outcome)
    }

    /// Nobody waits any more, so the exchange need not begin.
    var isSettled: Bool {
        state.withLock { state in
            switch state {
            case .open, .awaited: false
            case .settled, .collected: true
            }
        }
    }
}
