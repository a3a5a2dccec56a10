import FoundationEssentials
import Ground
import ServiceLifecycle

/// Says when content, data, themes, words or `site.config` changed.
///
/// The kernel tells of changes at once; besides, times and sizes are compared a few times a second, for file systems that
/// tell nothing, such as some container mounts. What counts is that a file differs, so a save that changes nothing
/// builds nothing.
struct FolderWatch: Service {
    let site: SiteOptions
    let onChange: @Sendable () async -> Void

    /// Editors write a file in several steps; so long it must be quiet before it counts.
    private static let quiet = Duration.milliseconds(5)
    /// How often to look where nothing was told, in milliseconds.
    private static let interval: Int32 = 500

    init(site: SiteOptions, onChange: @escaping @Sendable () async -> Void) {
        self.site = site
        self.onChange = onChange
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let news = FolderNews()
            var seen = Snapshot(of: site.source)
            news.follow(seen.folders)
            while !Task.isCancelled {
                await news.wait(atMost: Self.interval)
                // Ends early when the server does.
                try? await Task.sleep(for: Self.quiet)
                let now = Snapshot(of: site.source)
                guard now != seen else { continue }
                seen = now
                news.follow(now.folders)
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
    /// The folders among them.
    private(set) var folders: Set<String>

    init(of source: String) {
        folders = [source]
        add("\(source)/site.config")
        for folder in ["content", "data", "themes", "words"] {
            folders.insert("\(source)/\(folder)")
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: "\(source)/\(folder)")) ?? []
            for name in names { add("\(source)/\(folder)/\(name)") }
        }
    }

    static func == (left: Snapshot, right: Snapshot) -> Bool { left.marks == right.marks }

    private mutating func add(_ path: String) {
        // A file that went away between the listing and this look is simply not there.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard attributes?[.type] as? FileAttributeType != .typeDirectory else {
            folders.insert(path)
            return
        }
        marks[path] = Mark(
            modified: attributes?[.modificationDate] as? Date,
            size: attributes?[.size] as? Int
        )
    }
}
