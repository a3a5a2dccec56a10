package import Ground

/// `build`: what is written to the output folder, and what stays there.
package struct BuildSettings: Hashable, Sendable {
    /// `releases_kept`: how many releases stay, the current one included; at least 1.
    package var releasesKept: Int
    /// `compress`: in which codings pages and other text files are written besides; none for none.
    package var compress: [ContentCoding]
    /// `fingerprint`: whether assets get names that change with their bytes, so that browsers need not ask again.
    package var fingerprint: Bool

    package init(
        releasesKept: Int = 5,
        compress: [ContentCoding] = [.gzip, .br],
        fingerprint: Bool = true
    ) {
        self.releasesKept = releasesKept
        self.compress = compress
        self.fingerprint = fingerprint
    }
}
