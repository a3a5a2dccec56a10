import FoundationEssentials
import Gate
import Logging
import ServiceLifecycle
import Synchronization

/// The release that is being served: always exactly one, exchanged as a whole.
package final class CurrentRelease: Sendable {
    private let output: String
    private let release: Mutex<Release>

    /// Loads the release at which `current` in the output folder points.
    package init(output: String) throws(ReleaseFailure) {
        self.output = output
        release = Mutex(try Self.load(output))
    }

    /// What to serve now.
    ///
    /// A request takes it once and stays with it.
    package var value: Release { release.withLock { $0 } }

    /// Looks whether `current` points elsewhere, and if so loads that.
    ///
    /// - Returns: the id of the new release, or nil where nothing changed.
    /// - Throws: `ReleaseFailure`; then the old one goes on being served.
    package func refresh() throws(ReleaseFailure) -> String? {
        guard let id = Self.currentID(output), id != value.id else { return nil }
        let next = try Self.load(output)
        release.withLock { $0 = next }
        return next.id
    }

    /// Serves other bytes for some of the files from now on; what was read of the others is kept.
    func revise(_ revised: Preview.Revised) {
        release.withLock { $0 = $0.revised(revised, in: "\(output)/releases/\($0.id)") }
    }
}

extension CurrentRelease {
    private static func currentID(_ output: String) -> String? {
        // No link means no release; the caller says so.
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(output)/current")
        return target?.split(separator: "/").last.map(String.init)
    }

    private static func load(_ output: String) throws(ReleaseFailure) -> Release {
        guard let id = currentID(output) else { throw .none(output: output) }
        // The release by its own name, not by way of `current`: a switch in mid-load must not mix two.
        return try Release(folder: "\(output)/releases/\(id)", id: id)
    }
}

/// Watches for a new release while the server runs.
struct ReleaseWatch: Service {
    let current: CurrentRelease
    let interval: Duration
    let logger: Logger
    /// Hears the id of each release that is served from then on.
    let onLoad: @Sendable (String) -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var told: String?
            while !Task.isCancelled {
                var pause = interval
                do throws(ReleaseFailure) {
                    if let id = try current.refresh() {
                        onLoad(id)
                    }
                    told = nil
                } catch {
                    // It may yet be mended, but to read it all again at once would keep a core busy.
                    pause = max(interval, .seconds(1))
                    if told != "\(error)" {
                        logger.error(
                            "new release refused, the old one stays",
                            metadata: ["cause": "\(error)"]
                        )
                    }
                    told = "\(error)"
                }
                // Ends early when the server does.
                try? await Task.sleep(for: pause)
            }
        }
    }
}
