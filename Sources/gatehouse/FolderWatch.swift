import Ground
import ServiceLifecycle

/// Says when content, data, themes, words or `site.config` changed.
///
/// The kernel tells of changes at once; besides, times and sizes are compared now and then, for file systems that tell
/// nothing, such as some container mounts. What counts is that a file differs, so a save that changes nothing builds
/// nothing.
struct FolderWatch: Service {
    let site: SiteOptions
    /// What was there when it was last built; nil for what is there when the watch begins.
    var since: Snapshot?
    /// Called when nothing can change unnoticed any more.
    var onStart: @Sendable () -> Void = {}
    /// Called with the files that changed, by their paths below the site's folder.
    let onChange: @Sendable (Set<String>) async -> Void
    /// Called when nothing has changed for a while after a change; cancelled when something does.
    let onQuiet: @Sendable () async -> Void

    /// Editors write a file in several steps; so long it must be quiet before it counts.
    private static let quiet = Duration.milliseconds(5)
    /// How often to look where nothing was told, in milliseconds.
    private static let interval: Int32 = 1000

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let news = FolderNews()
            var seen = Snapshot(of: site.source)
            news.follow(seen.folders)
            onStart()
            var isRestless = false
            let missed = since.map(seen.differences) ?? []
            if !missed.isEmpty {
                isRestless = true
                await onChange(missed)
            }
            var quiet: Task<Void, Never>?
            while !Task.isCancelled {
                var heard = await news.wait(atMost: Self.interval)
                // Ends early when the server does.
                try? await Task.sleep(for: Self.quiet)
                heard = heard.joined(with: news.soFar())
                let changed: Set<String>
                if case .files(let files) = heard {
                    changed = seen.look(at: files, below: site.source)
                } else {
                    let now = Snapshot(of: site.source)
                    changed = now.differences(from: seen)
                    seen = now
                    news.follow(now.folders)
                }
                if !changed.isEmpty {
                    quiet?.cancel()
                    await quiet?.value
                    quiet = nil
                    isRestless = true
                    await onChange(changed)
                } else if isRestless, case .nothing = heard {
                    isRestless = false
                    quiet = Task { await onQuiet() }
                }
            }
            quiet?.cancel()
        }
    }
}
