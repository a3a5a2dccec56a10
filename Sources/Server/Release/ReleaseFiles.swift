import Crypto
import FoundationEssentials
package import Gate
package import NIOCore
import NIOPosix
import Synchronization

/// The bytes of a release, read on demand and kept while there is room.
///
/// A file is known only by its route: no text of a request ever becomes part of a file's name.
package final class ReleaseFiles: Sendable {
    private struct Held {
        var buffers: [String: ByteBuffer] = [:]
        var bytes = 0
    }

    private let folder: String
    private let room: Int
    private let held = Mutex(Held())

    /// - Parameters:
    ///   - folder: the release's.
    ///   - room: how many bytes are kept in memory at most.
    init(folder: String, room: Int = 48 << 20) {
        self.folder = folder
        self.room = room
    }

    /// The route's bytes, verified against the table's digest when they are first read.
    package func bytes(of route: Route) async throws -> ByteBuffer {
        let place = place(of: route)
        if let buffer = held.withLock({ $0.buffers[place] }) { return buffer }
        let buffer = try await NIOThreadPool.singleton.runIfActive { try Self.read(place, route) }
        held.withLock { held in
            guard buffer.readableBytes <= room / 8 else { return }
            if held.bytes + buffer.readableBytes > room { held = Held() }
            if held.buffers.updateValue(buffer, forKey: place) == nil { held.bytes += buffer.readableBytes }
        }
        return buffer
    }

    func place(of route: Route) -> String {
        "\(folder)/\(route.visibility.rawValue)/\(route.file)"
    }

    func isWhole(_ route: Route) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: place(of: route))
        return attributes?[.size] as? Int == route.length
    }
}

extension ReleaseFiles {
    private static func read(_ place: String, _ route: Route) throws -> ByteBuffer {
        guard let data = FileManager.default.contents(atPath: place) else {
            throw ReleaseFailure.unreadable(place)
        }
        let digest = SHA256.hash(data: data).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        // Somebody wrote into a release. What the gate judged is not what lies there, so it is not sent.
        guard digest == route.digest else { throw ReleaseFailure.missingFile(place) }
        return ByteBuffer(bytes: data)
    }
}
