import Foundation
import Glibc

/// A terminal without a person before it.
enum Terminal {
    struct Missing: Error {}

    /// Runs the command with a terminal as its standard output and error; everything that it wrote there.
    static func run(_ arguments: [String], environment: [String: String]) async throws -> String {
        try await aside { try here(arguments, environment) }
    }

    private static func here(_ arguments: [String], _ environment: [String: String]) throws -> String {
        var (ours, theirs): (Int32, Int32) = (-1, -1)
        guard openpty(&ours, &theirs, nil, nil, nil) == 0 else { throw Missing() }
        defer { close(ours) }
        let process = Process()
        process.executableURL = Command.program
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(fileDescriptor: theirs)
        process.standardError = FileHandle(fileDescriptor: theirs)
        try process.run()
        close(theirs)
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = read(ours, &buffer, buffer.count), count > 0 { text += buffer[..<count] }
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }
}
