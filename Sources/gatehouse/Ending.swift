import ArgumentParser
import FoundationEssentials
import Gate
import Glibc
import Ground
import Hooks
import Server
import Site

/// How a command ends when it does not end well: what to say, and with which exit code.
struct Ending: Error {
    enum Code: Int32 {
        case good = 0
        /// Mistakes in the site.
        case site = 1
        case usage = 2
        /// The machine or the environment stands in the way.
        case environment = 3
    }

    let code: Code
    let text: String

    init(_ code: Code, _ text: String) {
        self.code = code
        self.text = text
    }

    /// Sorts what rooms throw.
    init(_ error: any Error, parsedBy command: Gatehouse.Type = Gatehouse.self) {
        switch error {
        case let ending as Ending: self = ending
        case let diagnostics as Diagnostics: self.init(.site, diagnostics.text(in: .standardError))
        case let diagnostic as Diagnostic:
            self.init(.environment, Diagnostics([diagnostic]).text(in: .standardError))
        case let failure as BuildFailure: self.init(.environment, "error: \(failure)")
        case let failure as HookFailure: self.init(.environment, "error: \(failure)")
        case let failure as ReleaseFailure: self.init(.environment, "error: \(failure)")
        case let error as GateTableError:
            self.init(.environment, "error: \(error)\n    build the site again with 'gatehouse build'")
        default:
            let code: Code =
                switch command.exitCode(for: error) {
                case .success: .good
                case .validationFailure: .usage
                default: .environment
                }
            self.init(code, command.withSuggestion(command.fullMessage(for: error)))
        }
    }

    /// Says it, and ends the process.
    ///
    /// What was asked for, such as help, goes to standard output.
    func tell() -> Never {
        let output = code == .good ? FileHandleText.standardOutput : .standardError
        output.write(text)
        exit(code.rawValue)
    }
}
