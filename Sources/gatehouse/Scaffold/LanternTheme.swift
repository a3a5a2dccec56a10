import FoundationEssentials

/// The theme that the program carries; `LanternPlugin` packs it from `themes/lantern` at each build.
enum LanternTheme {
    /// By their paths below the theme's folder.
    static func files() -> [(path: String, bytes: [UInt8])] {
        PackedTheme.files.compactMap { path, base64 in
            Data(base64Encoded: base64).map { (path, Array($0)) }
        }
    }
}
