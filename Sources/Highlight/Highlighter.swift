import Synchronization

/// Colours code, with as many helper processes as there are tasks that ask at once.
///
/// Processes start when the first code comes and end with this value. What was coloured is remembered, so that a site that
/// is built again costs only what has changed. Blocks the calling thread, for some milliseconds at a program's start and
/// about 0.3 microseconds for a byte of code.
package final class Highlighter: Sendable {
    package enum Outcome: Equatable, Sendable {
        /// UTF-8; as many lines as the code, and no element that goes over a line's end.
        case html([UInt8])
        /// The code has more bytes than the limit, and was not looked at.
        case tooLong(limit: Int)
        /// No definition goes by that name.
        case unknownLanguage
        /// The program is not there, or did not answer: why, for a warning.
        case unavailable(String)
    }

    private struct Question: Hashable {
        let language: String
        let code: [UInt8]
    }

    private struct State {
        var idle: [HelperProcess] = []
        var known: [Question: Outcome] = [:]
        /// In bytes of code.
        var size = 0
        /// Why no more processes are started: a program that failed would fail for each piece of code.
        var end: String?
        var failure: String?
    }

    private let program: String
    private let patience: Duration
    private let state = Mutex(State())

    /// - Parameters:
    ///   - program: where `gatehouse-highlight` lies.
    ///   - patience: how long one piece of code may take.
    package init(program: String, patience: Duration = .seconds(10)) {
        self.program = program
        self.patience = patience
    }

    /// Why some code could not be coloured; nil where all was.
    package var failure: String? { state.withLock { $0.failure } }

    /// Code of the language, as HTML.
    ///
    /// The language is known by its name (`swift`), an alias or a file ending (`js`), in any letter case. Code of more than a
    /// megabyte stays as it is.
    package func highlight(_ code: [UInt8], language: String) -> Outcome {
        guard Self.isName(language) else { return .unknownLanguage }
        guard code.count <= Self.longest else { return .tooLong(limit: Self.longest) }
        let question = Question(language: language, code: code)
        if let known = state.withLock({ $0.known[question] }) { return known }
        let outcome = ask(question)
        state.withLock { state in
            // Remembered as well: a program that did not answer would be waited for again in each build.
            if case .unavailable(let why) = outcome { state.failure = why }
            if state.size > Self.memory { (state.known, state.size) = ([:], 0) }
            state.known[question] = outcome
            state.size += code.count
        }
        return outcome
    }
}

extension Highlighter {
    /// In bytes; the program takes no more.
    private static let longest = 1 << 20
    /// In bytes of code; what is remembered takes some times as much.
    private static let memory = 8 << 20

    private func ask(_ question: Question) -> Outcome {
        do {
            let helper = try helper()
            let answer = try helper.ask(language: question.language, code: question.code, within: patience)
            state.withLock { $0.idle.append(helper) }
            return answer
        } catch {
            // A helper that broke off is dropped; the next code gets a fresh one, unless none can be started.
            if case .start = error { state.withLock { $0.end = "\(error)" } }
            return .unavailable("\(error)")
        }
    }

    private func helper() throws(HelperFailure) -> HelperProcess {
        let (idle, end) = state.withLock { ($0.idle.popLast(), $0.end) }
        if let idle { return idle }
        if let end { throw .start(end) }
        return try HelperProcess(program: program)
    }

    /// One word without blanks, since it is a word of a line of the program's input.
    private static func isName(_ language: String) -> Bool {
        (1...64).contains(language.utf8.count) && language.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
    }
}
