import FoundationEssentials
import Glibc
import Synchronization

/// The deliveries of one hook that nobody has taken yet: a file each, so that they outlive the program.
///
/// A file's name says when it was made, the event's id, and how often it was tried: `1764570000123.0b7e….2.json`. It is written
/// beside and renamed, so that a half one is never read. When this is full, new events go to the dead letters at once.
/// Whatever ends there is a line of JSON in the file beside the folder, with the reason.
package final class Spool: Sendable {
    package struct Entry: Sendable, Hashable {
        let made: Int
        let id: String
        package let attempts: Int

        var file: String { "\(made).\(id).\(attempts).json" }
    }

    /// Where the files lie; no one else's.
    package let folder: String
    private let capacity: Int
    private let entries: Mutex<[Entry: Date]>
    private let news: AsyncStream<Void>.Continuation
    /// Something was put in; one reader only.
    let arrivals: AsyncStream<Void>

    /// Takes up what an earlier run left; all of that is due at once.
    ///
    /// Makes the folder, mode 0700. Throws where that cannot be done.
    package init(folder: String, capacity: Int = 10_000) throws(HookFailure) {
        self.folder = folder
        self.capacity = capacity
        (arrivals, news) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw HookFailure(doing: "make the folder", folder)
        }
        let names = Self.names(in: folder)
        let found = names.compactMap(Entry.init)
        entries = Mutex(Dictionary(found.map { ($0, Date.distantPast) }) { first, _ in first })
        // What was being written when the program ended.
        for name in names where name.hasSuffix(".new") { unlink("\(folder)/\(name)") }
        // What Swift writes needs a folder that can be written to; better told now than at the first event.
        guard access(folder, W_OK | X_OK) == 0 else { throw HookFailure(doing: "write into", folder) }
    }

    package var count: Int { entries.withLock { $0.count } }

    /// Takes up what somebody else has put into the folder since; all of that is due at once.
    func takeUp() {
        let found = Self.names(in: folder).compactMap(Entry.init)
        let isNews = entries.withLock { entries in
            let known = Set(entries.keys.map(\.id))
            let new = found.filter { !known.contains($0.id) }
            for entry in new { entries[entry] = .distantPast }
            return !new.isEmpty
        }
        if isNews { news.yield() }
    }

    /// Puts an event in, due at once.
    ///
    /// - Returns: false where it is lost: neither here nor among the dead letters is it.
    package func add(_ event: AuthEvent) -> Bool {
        let entry = Entry(event)
        guard count < capacity else { return bury(event.json, attempts: 0, "the spool is full") }
        guard Self.write(event, as: entry, in: folder) else { return false }
        entries.withLock { $0[entry] = .distantPast }
        news.yield()
        return true
    }

    /// Of the entries that are due, the oldest of those tried least: one that always fails must not stand before the rest.
    func due(at now: Date) -> Entry? {
        entries.withLock { entries in
            entries.filter { $0.value <= now }.keys.min {
                ($0.attempts, $0.made, $0.id) < ($1.attempts, $1.made, $1.id)
            }
        }
    }

    /// When the next one is due; nil where nothing waits.
    var nextDue: Date? { entries.withLock { $0.values.min() } }

    /// Whether it is still there; what was delivered while the folder was being looked at is not.
    func holds(_ entry: Entry) -> Bool { access("\(folder)/\(entry.file)", F_OK) == 0 }

    /// Nil where it cannot be read.
    func body(of entry: Entry) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder)/\(entry.file)").map { [UInt8]($0) }
    }

    /// It was delivered.
    func remove(_ entry: Entry) {
        unlink("\(folder)/\(entry.file)")
        entries.withLock { _ = $0.removeValue(forKey: entry) }
    }

    /// It was tried once more, and is due again at a moment.
    func postpone(_ entry: Entry, until due: Date) {
        let next = Entry(made: entry.made, id: entry.id, attempts: entry.attempts + 1)
        rename("\(folder)/\(entry.file)", "\(folder)/\(next.file)")
        entries.withLock { entries in
            entries[entry] = nil
            entries[next] = due
        }
    }

    /// It will not be tried again; where even the dead letter cannot be written, it stays and is due again at a moment.
    func bury(_ entry: Entry, _ reason: String, orWaitUntil due: Date) {
        if bury(body(of: entry) ?? [], attempts: entry.attempts, reason) {
            remove(entry)
        } else {
            entries.withLock { $0[entry] = due }
        }
    }

    /// Where the dead letters are, a line of JSON each.
    package var deadLetters: String { Self.deadLetters(of: folder) }

    static func deadLetters(of folder: String) -> String { "\(folder).dead.jsonl" }
}

extension Spool {
    /// In bytes: dead letters beyond it are lost, and the program's log tells so.
    private static let mostDead = 64 << 20

    private static func names(in folder: String) -> [String] {
        // A folder that was made can be read.
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private struct DeadLetter: Encodable {
        let attempts: Int
        let reason: String
        /// Nil where what lay there is no event.
        let event: AuthEvent?
        /// What lay there instead.
        let text: String?
    }

    private func bury(_ body: [UInt8], attempts: Int, _ reason: String) -> Bool {
        let event = AuthEvent(json: body)
        let letter = DeadLetter(
            attempts: attempts,
            reason: reason,
            event: event,
            text: event == nil ? String(decoding: body.prefix(4096), as: UTF8.self) : nil
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        guard let line = try? encoder.encode(letter) else { return false }
        return Self.appendDead([UInt8](line), of: folder)
    }

    /// Puts a line among the dead letters.
    static func appendDead(_ line: [UInt8], of folder: String) -> Bool {
        let path = deadLetters(of: folder)
        while true {
            let descriptor = LineFile.open(path)
            guard descriptor >= 0 else { return false }
            defer { close(descriptor) }
            let isWritten = LineFile.locked(descriptor) { () -> Bool? in
                // Moved aside before it was locked: whoever did that may have read it already.
                guard LineFile.isAt(path, descriptor) else { return nil }
                return lseek(descriptor, 0, SEEK_END) < mostDead && LineFile.append(line, to: descriptor)
            }
            if let isWritten { return isWritten }
        }
    }

    /// The file of an event that was not tried yet, beside and renamed.
    static func write(_ event: AuthEvent, as entry: Entry? = nil, in folder: String) -> Bool {
        let entry = entry ?? Entry(event)
        let (new, end) = ("\(folder)/\(entry.file).new", "\(folder)/\(entry.file)")
        let bytes = event.json
        let descriptor = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
        guard written == bytes.count, rename(new, end) == 0 else {
            unlink(new)
            return false
        }
        return true
    }
}

extension Spool.Entry {
    fileprivate init(_ event: AuthEvent) {
        self.init(made: Int(event.time.timeIntervalSince1970 * 1000), id: event.id, attempts: 0)
    }

    /// Reads the name of a file; nil where it is none of ours.
    fileprivate init?(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3] == "json", let made = Int(parts[0]), let attempts = Int(parts[2]),
            attempts >= 0, !parts[1].isEmpty
        else { return nil }
        self.init(made: made, id: String(parts[1]), attempts: attempts)
    }
}

extension AuthEvent {
    /// Reads what `json` wrote; nil where it is something else.
    package init?(json: [UInt8]) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        guard let event = try? decoder.decode(AuthEvent.self, from: Data(json)) else { return nil }
        self = event
    }
}
