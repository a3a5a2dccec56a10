import Ground
import Settings
import Theme

/// All files of words: those of the theme, and those of the site, which come first.
struct WordFiles: Sendable {
    private(set) var ofTheme: [WordFile] = []
    private(set) var ofSite: [WordFile] = []
    private(set) var problems: [Diagnostic] = []

    /// Reads the theme's files, and those of the site's folder `words`, which need not be there.
    init(_ theme: Theme, folder: String) {
        for file in theme.wordFiles {
            let name = file.path.dropFirst("words/".count)
            if let read = read(String(name), file.location, file.shownAs) { ofTheme.append(read) }
        }
        guard Folder.kind(of: folder) != nil else { return }
        do throws(BuildFailure) {
            for entry in try Folder(path: folder).entries() {
                guard let name = String(validating: entry.name, as: UTF8.self), !name.hasPrefix("."),
                    !name.hasSuffix("~")
                else { continue }
                guard entry.kind == .file else {
                    // Not followed, as in content: a link could lead anywhere.
                    report("words/\(name)", "words are plain files, one for each language")
                    continue
                }
                if let read = read(name, "\(folder)/\(name)", "words/\(name)") { ofSite.append(read) }
            }
        } catch {
            report("words", "\(error)")
        }
        ofSite.sort { $0.language < $1.language }
        problems += (ofTheme + ofSite).flatMap(\.problems)
    }
}

extension WordFiles {
    private mutating func read(_ name: String, _ location: String, _ shownAs: String) -> WordFile? {
        guard name.hasSuffix(".yaml"), !name.contains("/"), name.count > ".yaml".count else {
            report(shownAs, "a file of words is called by its language", "call it de.yaml, or pt-BR.yaml")
            return nil
        }
        do {
            guard let text = String(validating: try OpenFile(reading: location).readAll(), as: UTF8.self)
            else {
                report(shownAs, "this is not UTF-8", "save it as UTF-8")
                return nil
            }
            return WordFile(text, language: String(name.dropLast(".yaml".count)), file: shownAs)
        } catch {
            report(shownAs, "cannot be read: \(error)")
            return nil
        }
    }

    private mutating func report(_ file: String, _ problem: String, _ advice: String? = nil) {
        problems.append(Diagnostic(at: Place(file: file), problem, advice: advice))
    }
}
