import Crypto
import Foundation
import Gate
package import NIOCore
import Synchronization

/// The bytes of a release, read on demand and kept while there is room.
///
/// A file is known only by its route: no text of a request ever becomes part of a file's name.
package final class ReleaseFiles: Sendable {
    private struct Held {
        var buffers: [String: ByteBuffer] = [:]
        var bytes = 0
        /// Files that are too large to be kept, and are what the table says.
        var verified: Set<String> = []
    }

    private let folder: String
    private let room: Int
    private let held: Mutex<Held>
    private let reads = SharedWork<ByteBuffer>()
    private let checks = SharedWork<Void>()

    /// - Parameters:
    ///   - folder: the release's.
    ///   - room: how many bytes are kept in memory at most.
    convenience init(folder: String, room: Int = 48 << 20) {
        self.init(folder: folder, room: room, held: Held())
    }

    private init(folder: String, room: Int, held: Held) {
        self.folder = folder
        self.room = room
        self.held = Mutex(held)
    }

    /// The same files, some of them with other bytes; what is held of the others stays.
    func revised(_ changes: [Preview.Change]) -> ReleaseFiles {
        var known = held.withLock(\.self)
        // They lie on the disk a moment later, and must not make way for each other until then.
        if changes.reduce(known.bytes, { $0 + $1.bytes.count }) > room {
            (known.buffers, known.bytes) = ([:], 0)
        }
        let revised = ReleaseFiles(folder: folder, room: room, held: known)
        for change in changes {
            let place = place(of: Representation(change.route))
            revised.held.withLock { held in
                held.bytes -= held.buffers.removeValue(forKey: place)?.readableBytes ?? 0
                held.verified.remove(place)
            }
            revised.keep(ByteBuffer(bytes: change.bytes), of: place)
        }
        return revised
    }

    /// The bytes that are sent, verified against the table's digest when they are first read.
    package func bytes(of sent: Representation) async throws -> ByteBuffer {
        let place = place(of: sent)
        if let buffer = held.withLock({ $0.buffers[place] }) { return buffer }
        return try await reads.outcome(of: place) {
            // Who asked a moment before may have read it since we looked.
            if let buffer = self.held.withLock({ $0.buffers[place] }) { return buffer }
            let buffer = try Self.read(place, sent)
            self.keep(buffer, of: place)
            return buffer
        }.get()
    }

    /// Where a file lies that is too large to be kept; verified against the table's digest when it is first asked for.
    func verifiedPlace(of sent: Representation) async throws -> String {
        let place = place(of: sent)
        if held.withLock({ $0.verified.contains(place) }) { return place }
        try await checks.outcome(of: place) {
            guard !self.held.withLock({ $0.verified.contains(place) }) else { return }
            try Self.verify(place, sent)
            self.held.withLock { _ = $0.verified.insert(place) }
        }.get()
        return place
    }

    /// Throws where a file is not there with the length that the table says, or may not be read.
    func check(_ sent: Representation) throws(ReleaseFailure) {
        let place = place(of: sent)
        // Why there are no attributes is asked for below: the folder may be closed, or the file gone.
        let attributes = try? FileManager.default.attributesOfItem(atPath: place)
        let tree = "\(folder)/\(sent.route.visibility.rawValue)"
        guard attributes != nil || FileManager.default.isExecutableFile(atPath: tree) else {
            throw .forbidden(tree)
        }
        guard attributes?[.size] as? Int == sent.length else { throw .missingFile(place) }
        guard FileManager.default.isReadableFile(atPath: place) else { throw .forbidden(place) }
    }
}

extension ReleaseFiles {
    private func keep(_ buffer: ByteBuffer, of place: String) {
        held.withLock { held in
            guard buffer.readableBytes <= room / 8 else { return }
            if held.bytes + buffer.readableBytes > room {
                // What was verified stays so, and would be hashed from its beginning again.
                held.buffers = [:]
                held.bytes = 0
            }
            if held.buffers.updateValue(buffer, forKey: place) == nil { held.bytes += buffer.readableBytes }
        }
    }

    private static func read(_ place: String, _ sent: Representation) throws -> ByteBuffer {
        guard let data = FileManager.default.contents(atPath: place) else {
            throw ReleaseFailure.unreadable(place)
        }
        try demand(SHA256.hash(data: data), of: sent, at: place)
        return ByteBuffer(bytes: data)
    }

    private static func verify(_ place: String, _ sent: Representation) throws {
        guard let file = FileHandle(forReadingAtPath: place) else { throw ReleaseFailure.unreadable(place) }
        defer { try? file.close() }
        var hash = SHA256()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        try demand(hash.finalize(), of: sent, at: place)
    }

    /// Somebody may have written into a release: what the gate judged is then not what lies there, and is not sent.
    private static func demand(_ digest: SHA256.Digest, of sent: Representation, at place: String) throws {
        let hex = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        guard hex == sent.digest else { throw ReleaseFailure.missingFile(place) }
    }

    private func place(of sent: Representation) -> String {
        "\(folder)/\(sent.route.visibility.rawValue)/\(sent.file)"
    }
}
