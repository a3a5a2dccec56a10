import Glibc
import Ground

/// Standard output or standard error, as something to write lines to.
struct FileHandleText: Sendable {
    static let standardOutput = FileHandleText(descriptor: STDOUT_FILENO)
    static let standardError = FileHandleText(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    /// Whether a person reads it: then there is a progress line.
    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Colour is for people who did not switch it off (no-color.org).
    var hasColour: Bool { isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }

    /// Writes a line.
    func write(_ line: String) {
        if !line.isEmpty { writeRaw(line + "\n") }
    }

    /// Writes over the current line of a terminal.
    func overwrite(_ line: String) {
        writeRaw("\r\u{1b}[2K\(line)")
    }

    func bold(_ text: String) -> String { hasColour ? "\u{1b}[1m\(text)\u{1b}[0m" : text }
    func red(_ text: String) -> String { hasColour ? "\u{1b}[1;31m\(text)\u{1b}[0m" : text }
    func yellow(_ text: String) -> String { hasColour ? "\u{1b}[1;33m\(text)\u{1b}[0m" : text }

    private func writeRaw(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            // Nobody reads any more; there is nobody to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}

extension Diagnostics {
    /// How many errors, and how many warnings, a person is shown.
    private static let most = 100

    /// As a compiler prints them, with a count below, coloured where a person reads.
    func text(in output: FileHandleText) -> String {
        var counts: [Diagnostic.Severity: Int] = [:]
        var lines: [String] = []
        for diagnostic in all {
            counts[diagnostic.severity, default: 0] += 1
            guard counts[diagnostic.severity, default: 0] <= Self.most else { continue }
            lines.append(
                diagnostic.described { $0 == .error ? output.red($0.rawValue) : output.yellow($0.rawValue) }
            )
        }
        let (errors, warnings) = (counts[.error] ?? 0, counts[.warning] ?? 0)
        let more = [(errors, "error"), (warnings, "warning")].filter { $0.0 > Self.most }.map {
            Count.of($0.0 - Self.most, "more \($0.1)", "more \($0.1)s")
        }
        if !more.isEmpty {
            lines.append("and \(more.joined(separator: " and ")); with --json, build and check name all")
        }
        let count = errors == 0 ? "" : "\n" + Count.of(errors, "error", "errors")
        return lines.joined(separator: "\n") + count
    }
}
