import FoundationEssentials
import Glibc

/// What lies on the disk for one hook, looked at from outside of the server.
package struct SpoolShelf: Sendable {
    private let folder: String

    /// `state` is the folder of `server.state`.
    package init(hook name: String, state: String) {
        folder = "\(state)/hooks/\(name)"
    }

    /// How many deliveries nobody has taken yet.
    package var waiting: Int {
        // Where the folder is not there, nothing was ever told.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.count { $0.hasSuffix(".json") }
    }

    /// The events that were given up; what is no event is left out.
    package var deadLetters: [AuthEvent] {
        [aside, file].flatMap(Self.letters).compactMap(\.event)
    }

    /// Puts the events that were given up back among those that wait, and empties the file of dead letters.
    ///
    /// The file is moved aside first, so that what a running server adds meanwhile is not lost, and removed when all of it waits:
    /// what an earlier call could not finish is done first. What is no event goes back.
    ///
    /// - Returns: how many they were.
    package func revive() throws -> Int {
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        var count = try reviveAside()
        let descriptor = LineFile.open(file)
        guard descriptor >= 0 else { throw HookFailure(doing: "read", file) }
        defer { close(descriptor) }
        guard LineFile.locked(descriptor, { rename(file, aside) }) == 0 else {
            throw HookFailure(doing: "move", file)
        }
        count += try reviveAside()
        return count
    }
}

extension SpoolShelf {
    /// A line, and the event in it.
    private typealias Letter = (line: [UInt8], event: AuthEvent?)

    private struct Fields: Decodable {
        let event: AuthEvent?
    }

    private var file: String { Spool.deadLetters(of: folder) }
    private var aside: String { file + ".retrying" }

    private static func letters(in file: String) -> [Letter] {
        let bytes = FileManager.default.contents(atPath: file) ?? Data()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return bytes.split(separator: UInt8(ascii: "\n")).map { line in
            // Lines that something else wrote are not ours to deliver.
            ([UInt8](line), try? decoder.decode(Fields.self, from: Data(line)).event)
        }
    }

    private func reviveAside() throws(HookFailure) -> Int {
        let letters = Self.letters(in: aside)
        for (line, event) in letters {
            let isKept = event.map { Spool.write($0, in: folder) } ?? Spool.appendDead(line, of: folder)
            // What was done is done again the next time: under the same names, so that nothing waits twice.
            guard isKept else { throw HookFailure(doing: "write into", folder) }
        }
        unlink(aside)
        return letters.count { $0.event != nil }
    }
}
