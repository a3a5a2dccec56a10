import FoundationEssentials

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
        let bytes = FileManager.default.contents(atPath: Spool.deadLetters(of: folder)) ?? Data()
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            // Lines that something else wrote are not ours to deliver.
            try? decoder.decode(Letter.self, from: Data(line)).event
        }
    }

    /// Puts the events that were given up back among those that wait, and empties the file of dead letters.
    ///
    /// The file is moved aside first, so that what a running server adds meanwhile is not lost.
    ///
    /// - Returns: how many they were.
    package func revive() throws -> Int {
        let file = Spool.deadLetters(of: folder)
        let events = deadLetters
        guard !events.isEmpty else { return 0 }
        let aside = file + ".retried"
        // What an earlier retry left has been delivered, or is among the dead letters again.
        try? FileManager.default.removeItem(atPath: aside)
        try FileManager.default.moveItem(atPath: file, toPath: aside)
        let spool = try Spool(folder: folder)
        return events.count { spool.add($0) }
    }

    private struct Letter: Decodable {
        let event: AuthEvent?
    }
}
