import FoundationEssentials
import Ground
import Site

/// One build, shown to whoever watches: a progress line on a terminal, a summary at the end.
struct SiteBuild {
    let build: Build
    let output: FileHandleText

    func run() async throws -> BuildReport {
        let report = try await build.run { progress in
            guard output.isTerminal, progress.total > 0 else { return }
            output.overwrite("\(progress.step.rawValue) \(progress.done)/\(progress.total)")
        }
        if output.isTerminal { output.overwrite("") }
        return report
    }
}

extension BuildReport {
    /// For people.
    func summary(in output: FileHandleText) -> String {
        var parts = [
            "\(publicPages) public and \(Count.of(privatePages, "private page", "private pages"))",
            Count.of(assets, "asset", "assets"),
        ]
        if drafts > 0 { parts.append(Count.of(drafts, "draft left out", "drafts left out")) }
        if future > 0 { parts.append("\(future) of the future left out") }
        if expired > 0 { parts.append("\(expired) expired left out") }
        let end = unchanged ? "nothing changed since release \(release)" : "release \(release)"
        return "\(output.bold("Built")) \(parts.joined(separator: ", ")) in \(milliseconds) ms: \(end)"
    }

    func json() throws -> String { try JSONText.of(self) }
}
