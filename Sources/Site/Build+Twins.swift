import Settings

extension Build {
    /// What writes the compressed twins of this build's files.
    func twinWriter(_ folder: ReleaseFolder, crew: Crew) -> TwinWriter {
        TwinWriter(
            folder: folder,
            codings: options.compresses ? settings.build.compress : [],
            output: options.usesCache ? output : nil,
            crew: crew
        )
    }

    /// What makes this build's pages and scripts shorter; nil where nothing does.
    func minifying(_ folder: ReleaseFolder) -> Minifying? {
        guard settings.build.minify, let minifier = options.minifier else { return nil }
        return Minifying(
            minifier: minifier,
            folder: folder,
            output: options.usesCache ? output : nil,
            crew: crew
        )
    }

    /// What writes the smaller images of this build's photographs.
    func photographWriter(_ model: SiteModel, _ folder: ReleaseFolder, crew: Crew) -> PhotographWriter {
        PhotographWriter(
            names: model.names,
            folder: folder,
            output: options.usesCache ? output : nil,
            crew: crew
        )
    }
}
