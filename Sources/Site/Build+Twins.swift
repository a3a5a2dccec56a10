import Settings

extension Build {
    /// What writes the compressed twins of this build's files.
    func twinWriter(_ folder: ReleaseFolder, crew: Crew) -> TwinWriter {
        TwinWriter(
            folder: folder,
            codings: options.compresses ? settings.build.compress : [],
            cache: options.usesCache ? TwinCache(output: output) : nil,
            crew: crew
        )
    }
}
