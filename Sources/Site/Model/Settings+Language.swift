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
        let first = file.path.prefix { $0 != "/" }
        let isElsewhere = first.count < file.path.count && languages.contains(String(first))
        let path = isElsewhere ? file.path.dropFirst(first.count + 1) : file.path[...]
        let stem = path.prefix(path.count - (file.name.count - file.stem.count))
        let original = file.isSection ? stem.dropLast("_index".count) + "index" : stem
        return (isElsewhere ? String(first) : language, String(original))
    }
}
