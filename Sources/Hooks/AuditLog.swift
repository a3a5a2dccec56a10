import Glibc
package import Logging
import Synchronization

/// A file to which each event is appended as one line of JSON.
///
/// It is made for its owner's eyes only (mode 0600). A line is one `write`, whole or not at all, so lines of several servers never mix. Where the
/// file was moved away, as logrotate does, the next line begins a new one. A line is with the operating system when `append`
/// returns: it outlives the process, but not a power failure. What cannot be written is counted, told to the program's log once
/// a minute, and noted as a line of its own (`{"count":3,"type":"lost"}`) when writing works again.
package final class AuditLog: Sendable {
    private struct State {
        var descriptor: Int32 = -1
        var lost = 0
        var toldAt: Int = 0
    }

    private let path: String
    private let logger: Logger
    private let state = Mutex(State())

    /// Throws, with the reason, where the file cannot be written to.
    package init(file path: String, logger: Logger) throws(HookFailure) {
        self.path = path
        self.logger = logger
        let descriptor = LineFile.open(path)
        guard descriptor >= 0 else { throw HookFailure(doing: "write", path) }
        state.withLock { $0.descriptor = descriptor }
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        if descriptor >= 0 { close(descriptor) }
    }

    package func append(_ event: AuthEvent) {
        state.withLock { state in
            reopen(&state)
            if state.lost > 0, write("{\"count\":\(state.lost),\"type\":\"lost\"}", state) { state.lost = 0 }
            if !write(event.json, state) { tellLoss(&state) }
        }
    }
}

extension AuditLog {
    private func reopen(_ state: inout State) {
        if state.descriptor >= 0 {
            if LineFile.isAt(path, state.descriptor) { return }
            close(state.descriptor)
        }
        state.descriptor = LineFile.open(path)
    }

    private func write(_ text: String, _ state: State) -> Bool { write(Array(text.utf8), state) }

    private func write(_ bytes: [UInt8], _ state: State) -> Bool {
        LineFile.locked(state.descriptor) { LineFile.append(bytes, to: state.descriptor) }
    }

    private func tellLoss(_ state: inout State) {
        let reason = String(cString: strerror(errno))
        state.lost += 1
        let now = time(nil)
        guard now - state.toldAt >= 60 else { return }
        state.toldAt = now
        logger.error("the audit log cannot be written", metadata: ["file": "\(path)", "cause": "\(reason)"])
    }
}
