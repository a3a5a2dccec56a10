/// `build`: what stays in the output folder.
package struct BuildSettings: Hashable, Sendable {
    /// `releases_kept`: how many releases stay, the current one included; at least 1.
    package var releasesKept: Int

    package init(releasesKept: Int = 5) {
        self.releasesKept = releasesKept
    }
}
