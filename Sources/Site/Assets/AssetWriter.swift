import Gate
import Glibc
import Ground
import Theme

/// Writes assets under their plain names, and under those that pages refer to.
///
/// A public file lies in the tree under both, so that the tree alone can be handed to another web server. A private file lies
/// there once, under a name that cannot be guessed; its plain address leads to the same file, behind the same gate.
struct AssetWriter: Sendable {
    let names: AssetNames
    let folder: ReleaseFolder

    struct Outcome: Sendable {
        var routes: [Route] = []
        var written: [ReleaseFolder.Written] = []
    }

    func write(_ asset: Asset) throws -> Outcome {
        let (access, source) = (asset.access, asset.file.shownAs)
        let fingerprint =
            access.visibility == .private || names.isShown(asset) ? try names.fingerprint(of: asset) : nil
        let file = access.visibility == .private ? fingerprint?.path ?? asset.path : asset.path
        let written = try folder.copy(asset.file.location, to: file.outputFile, access.visibility)
        try demand(fingerprint, of: written, asset.place)
        var outcome = Outcome()
        outcome.written = [written]
        outcome.routes = [route(asset.path, access, file, written, source, expires: asset.expires)]
        guard let fingerprint, names.isShown(asset) else { return outcome }
        if access.visibility == .public {
            outcome.written.append(try folder.double(written, as: fingerprint.path.outputFile, .public))
        }
        outcome.routes.append(
            fingerprinted(
                route(
                    fingerprint.path,
                    access,
                    fingerprint.path,
                    written,
                    source,
                    expires: asset.expires
                )
            )
        )
        return outcome
    }

    func write(_ item: ThemeAssets.Item) throws -> Outcome {
        let access = Access(visibility: .public, requirements: [], place: Place(file: item.file.shownAs))
        let file = item.path.outputFile
        let written =
            try item.bytes.map { try folder.write($0, to: file, .public) }
            ?? folder.copy(item.file.location, to: file, .public)
        try demand(item.fingerprint, of: written, access.place)
        var outcome = Outcome()
        outcome.written = [written]
        outcome.routes = [route(item.path, access, item.path, written, item.file.shownAs)]
        guard let path = item.fingerprint?.path else { return outcome }
        outcome.written.append(try folder.double(written, as: path.outputFile, .public))
        outcome.routes.append(fingerprinted(route(path, access, path, written, item.file.shownAs)))
        return outcome
    }
}

extension AssetWriter {
    /// A name says of which bytes it is.
    private func demand(
        _ fingerprint: Fingerprint?,
        of written: ReleaseFolder.Written,
        _ place: Place
    ) throws(Diagnostics) {
        guard let fingerprint, fingerprint.digest != written.digest else { return }
        throw Diagnostics([
            Diagnostic(at: place, "the file has changed while the site was built", advice: "build once more")
        ])
    }

    private func route(
        _ path: PagePath,
        _ access: Access,
        _ file: PagePath,
        _ written: ReleaseFolder.Written,
        _ source: String,
        expires: Int? = nil
    ) -> Route {
        Route(
            path: path,
            kind: .asset,
            access: access,
            file: file.outputFile,
            mediaType: MediaType.of(path.text),
            length: written.length,
            digest: written.digest.hex,
            source: source,
            expires: expires
        )
    }

    private func fingerprinted(_ route: Route) -> Route {
        var route = route
        route.isFingerprinted = true
        return route
    }
}

extension ReleaseFolder {
    /// Gives a file of one of the trees a second name there; where the disk knows no links, a copy.
    func double(_ written: Written, as file: String, _ visibility: Visibility) throws(BuildFailure) -> Written
    {
        let place = "\(visibility.rawValue)/\(file)"
        guard Glibc.link("\(path)/\(written.file)", "\(path)/\(place)") == 0 else {
            return try copy("\(path)/\(written.file)", to: file, visibility)
        }
        return Written(file: place, length: written.length, digest: written.digest)
    }
}
