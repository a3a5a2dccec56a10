import Foundation

/// Makes HTML, CSS and JavaScript shorter by the program `minify`.
///
/// Blocks the calling thread until the program has ended.
package struct Minifier: Sendable {
    private let program: String?
    /// In seconds.
    private let patience: Double

    /// Takes where the program lies, or nil where it was not found, and how many seconds one folder of files may take.
    package init(program: String?, patience: Double = 300) {
        self.program = program
        self.patience = patience
    }

    /// What results depend on, apart from the file: `minify-v2.12.4-1`.
    ///
    /// Asks the program; fit for a file's name.
    package func recipe() throws(MinifierFailure) -> String {
        let (status, said) = try run(["--version"])
        let words = said.split(whereSeparator: \.isWhitespace)
        // Others have that name, too.
        guard status == 0, words.count == 2, words[0] == "minify", words[1].allSatisfy(Self.isPlain) else {
            throw .start("'\(program ?? "")' is not the program that is meant")
        }
        return "minify-\(words[1])-\(Self.edition)"
    }

    /// Makes files of the folder `in` of a bench shorter, each by the ending of its name, and writes them under their names
    /// into its folder `out`.
    ///
    /// One process on one core, however many files there are.
    package func shorten(_ files: [String], at bench: String) throws(MinifierFailure) {
        // One by one: what becomes of a folder depends on whether another is there, and on whether its path is hidden.
        let (status, said) = try run(Self.arguments + ["-o", "out/"] + files.map { "in/\($0)" }, at: bench)
        guard status != 0 else { return }
        let refusals = said.split(separator: "\n").compactMap(Self.refusal)
        guard refusals.isEmpty else { throw .refused(refusals) }
        throw .broken(said.split(separator: "\n").first.map { String($0) } ?? "status \(status)")
    }
}

extension Minifier {
    /// What pages and scripts may count on stays: style sheets that ask for an attribute, readers that want closing tags, and
    /// white space between words, which may be seen.
    private static let arguments = [
        "--html-keep-default-attrvals", "--html-keep-document-tags", "--html-keep-end-tags",
        "--html-keep-whitespace", "--xml-keep-whitespace",
    ]

    /// Another number for other arguments.
    private static let edition = 1

    /// The program's exit status and all that it said.
    private func run(
        _ arguments: [String],
        at folder: String = "/"
    ) throws(MinifierFailure) -> (status: Int32, said: String) {
        guard let program else { throw .start("the program 'minify' is not in PATH") }
        let (process, pipe) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        // As many processes run as the build has jobs.
        process.environment = ["GOMAXPROCS": "1"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        do { try process.run() } catch { throw .start("'\(program)' cannot be started") }
        let said = read(pipe.fileHandleForReading.fileDescriptor)
        if said == nil { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        guard let said else { throw .silent }
        let status = process.terminationReason == .exit ? process.terminationStatus : -1
        return (status, String(decoding: said, as: UTF8.self))
    }

    /// All that comes until the other end is closed; nil where that takes too long.
    private func read(_ descriptor: Int32) -> [UInt8]? {
        let deadline = ContinuousClock.now + .seconds(patience)
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&state, 1, Int32(clamping: Int(max(0, left))))
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return nil }
            let count = Foundation.read(descriptor, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += part[..<count]
        }
    }

    /// `ERROR: cannot minify in/a.js: unexpected ; on line 1 and column 9`.
    private static func refusal(_ line: Substring) -> MinifierFailure.Refusal? {
        let start = "ERROR: cannot minify in/"
        guard line.hasPrefix(start), let colon = line.dropFirst(start.count).firstRange(of: ": ") else {
            return nil
        }
        let said = line[colon.upperBound...]
        let place = said.firstMatch(of: /^(.*) on line ([0-9]+) and column ([0-9]+)$/)
        return MinifierFailure.Refusal(
            file: String(line[..<colon.lowerBound].dropFirst(start.count)),
            problem: String(place?.output.1 ?? said),
            line: place.flatMap { Int($0.output.2) },
            column: place.flatMap { Int($0.output.3) }
        )
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || ".-".contains(character))
    }
}
