import Settings

extension SiteModel {
    /// All languages of the site, its own first.
    var languages: [String] { [settings.language] + settings.languages }
}

extension Settings {
    /// What the site's pages of one language are called together.
    func title(in language: String) -> String {
        language == self.language ? title : "\(title) (\(language))"
    }

    /// In which language a file is, and its path within that language's tree.
    ///
    /// `de/fees.md` is `fees.md` in German where `de` is one of the languages; all else is in the site's own. An
    /// `_index.md` translates an `index.md`.
    func language(of file: ContentFile) -> (language: String, original: String) {
        let (language, path) = tree(of: file.path)
        let stem = Substring(path.utf8.dropLast(file.name.utf8.count - file.stem.utf8.count))
        return (language, file.isSection ? stem.dropLast("_index".count) + "index" : String(stem))
    }

    private func tree(of path: String) -> (language: String, rest: Substring) {
        guard !languages.isEmpty, let slash = path.firstIndex(of: "/") else { return (language, path[...]) }
        let first = String(path[..<slash])
        return languages.contains(first) ? (first, path[slash...].dropFirst()) : (language, path[...])
    }
}
