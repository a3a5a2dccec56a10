import FoundationEssentials
import Ground
import ServiceLifecycle

/// Looks whether content, themes or `site.config` changed, and says so.
///
/// It compares times and sizes a few times a second: that works on every file system, network and container mounts
/// included, and costs a walk over the folders.
struct FolderWatch: Service {
    let site: SiteOptions
    var interval = Duration.milliseconds(300)
    let onChange: @Sendable () async -> Void

    init(site: SiteOptions, onChange: @escaping @Sendable () async -> Void) {
        self.site = site
        self.onChange = onChange
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var seen = Snapshot(of: site.source)
            while !Task.isCancelled {
                // Ends early when the server does.
                try? await Task.sleep(for: interval)
                let now = Snapshot(of: site.source)
                guard now != seen else { continue }
                seen = now
                await onChange()
            }
        }
    }
}

/// Every file that a build reads, with when it was written and how long it is.
struct Snapshot: Equatable {
    private struct Mark: Equatable {
        let modified: Date?
        let size: Int?
    }

    private var marks: [String: Mark] = [:]

    init(of source: String) {
        add("\(source)/site.config")
        for folder in ["content", "themes"] {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(source)/\(folder)")) ?? []
            for name in names { add("\(source)/\(folder)/\(name)") }
        }
    }

    private mutating func add(_ path: String) {
        // A file that went away between the listing and this look is simply not there.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType != .typeDirectory else { return }
        marks[path] = Mark(
            modified: attributes?[.modificationDate] as? Date,
            size: attributes?[.size] as? Int
        )
    }
}
