import Foundation
import Glibc

/// The built `gatehouse`, run as a process.
struct Command {
    struct Outcome {
        let code: Int32
        let output: String
        let error: String
    }

    /// It lies beside the test program.
    static var program: URL {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(
            path: "gatehouse"
        )
    }

    let process = Process()
    let output = LineReader()
    let error = LineReader()

    /// Takes the arguments, and the whole environment.
    init(_ arguments: [String], environment: [String: String] = [:], folder: URL? = nil) {
        process.executableURL = Self.program
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output.pipe
        process.standardError = error.pipe
        if let folder { process.currentDirectoryURL = folder }
    }

    /// Runs to the end.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        folder: URL? = nil
    ) async throws -> Outcome {
        let command = Command(arguments, environment: environment, folder: folder)
        try command.process.run()
        return try await command.outcome()
    }

    /// Asks a running command to end as a terminal or systemd does.
    func end(by signal: Int32) async throws -> Outcome {
        kill(process.processIdentifier, signal)
        return try await outcome()
    }

    private func outcome() async throws -> Outcome {
        let output = try await output.rest()
        let error = try await error.rest()
        let process = process
        return try await aside {
            process.waitUntilExit()
            return Outcome(code: process.terminationStatus, output: output, error: error)
        }
    }
}
