import Ground
import Settings
import Theme

/// Compares files of words with each other and with what templates ask for.
struct WordCheck {
    /// A word, and the file that it was found in.
    struct Found {
        let entry: WordFile.Entry
        let file: WordFile
    }

    private let files: WordFiles
    private let theme: Theme
    private let settings: Settings
    /// What the others are held against: the theme's English, or else its file in the site's language.
    private let base: WordFile?

    init(_ files: WordFiles, theme: Theme, settings: Settings) {
        self.files = files
        self.theme = theme
        self.settings = settings
        let preferred = ["en", settings.language].lazy.compactMap { tag in
            files.ofTheme.first { $0.language == tag }
        }
        base = preferred.first ?? files.ofTheme.first
    }

    /// Every word as pages of a language show it.
    func found(in language: String) -> [String: Found] {
        var found: [String: Found] = [:]
        for file in candidates(for: language).reversed() {
            for entry in file.entries { found[entry.name] = Found(entry: entry, file: file) }
        }
        return found
    }

    var problems: [Diagnostic] {
        let known = known
        return (files.ofTheme + files.ofSite).flatMap { mistakes(in: $0, known) } + strangers + references
            + languages.flatMap(gaps)
    }
}

extension WordCheck {
    private var languages: [String] { [settings.language] + settings.languages }

    /// The files in which a language looks for its words, the best first.
    private func candidates(for language: String) -> [WordFile] {
        var tags: [String] = []
        for tag in [language, settings.language, "en"] {
            for tag in [tag, Self.primary(tag)] where !tags.contains(tag) { tags.append(tag) }
        }
        return tags.flatMap { tag in
            files.ofSite.filter { $0.language == tag } + files.ofTheme.filter { $0.language == tag }
        }
    }

    private static func primary(_ tag: String) -> String { String(tag.prefix { $0 != "-" }) }

    private var known: Set<String> {
        let taxonomies = (["tags"] + settings.lists.taxonomies.map(\.name)).map { "taxonomy_\($0)" }
        return Words.programNames.union(base?.entries.map(\.name) ?? []).union(taxonomies)
            .union(theme.wordReferences.map(\.name))
    }

    /// Words that nobody asks for, and those that show what they are not given.
    private func mistakes(in file: WordFile, _ known: Set<String>) -> [Diagnostic] {
        file.entries.compactMap { entry in
            guard known.contains(entry.name) else {
                return Diagnostic(
                    at: entry.place,
                    "the theme has no word '\(entry.name)'",
                    advice: Suggestion.nearest(to: entry.name, in: known).map { "did you mean '\($0)'?" }
                        ?? "its words are in \(base?.file ?? "its templates")"
                )
            }
            if entry.name == "months" {
                guard case .list(let months) = entry.word, months.count == 12 else {
                    return Diagnostic(at: entry.place, "'months' must be a list of twelve names")
                }
                return nil
            }
            if case .list = entry.word {
                return Diagnostic(at: entry.place, "'\(entry.name)' must be a text, found a list")
            }
            guard let like = base?[entry.name], base?.file != file.file else { return nil }
            return strangeValue(in: entry, like)
        }
    }

    /// A value that the word it stands for does not show would be nothing on the page, or something unasked for.
    private func strangeValue(in entry: WordFile.Entry, _ like: WordFile.Entry) -> Diagnostic? {
        var given = Set(like.word.texts.flatMap(\.values))
        if like.word.isCounted { given.insert(WordText.count) }
        guard let strange = entry.word.texts.flatMap(\.values).first(where: { !given.contains($0) }) else {
            return nil
        }
        return Diagnostic(
            at: entry.place,
            "'\(entry.name)' is not given '{{\(strange)}}'",
            advice: given.isEmpty
                ? "it shows no values (\(like.place))" : Suggestion.advice(for: strange, among: given)
        )
    }

    /// Files of the site in languages that no page of it has.
    private var strangers: [Diagnostic] {
        let spoken = Set(languages + languages.map(Self.primary) + ["en"])
        return files.ofSite.filter { !spoken.contains($0.language) }.map { file in
            Diagnostic(
                .warning,
                at: Place(file: file.file),
                "no page of the site is in '\(file.language)'",
                advice: Suggestion.advice(for: file.language, among: languages)
            )
        }
    }

    /// What templates name and no file says, or says in another manner than they ask.
    private var references: [Diagnostic] {
        let all = Set((files.ofTheme + files.ofSite).flatMap { $0.entries.map(\.name) })
        let own = found(in: settings.language)
        return theme.wordReferences.compactMap { reference in
            guard all.contains(reference.name) else {
                return Diagnostic(
                    at: reference.place,
                    "there is no word '\(reference.name)'",
                    advice: Suggestion.nearest(to: reference.name, in: all).map { "did you mean '\($0)'?" }
                        ?? "add it to \(base?.file ?? "themes/\(settings.theme)/words/en.yaml")"
                )
            }
            guard let found = own[reference.name], found.entry.word.isCounted, reference.number == nil else {
                return nil
            }
            return Diagnostic(
                at: reference.place,
                "'\(reference.name)' goes with a number (\(found.entry.place))",
                advice: "write {{words.\(reference.name)(…)}} with the value that is counted"
            )
        }
    }

    /// What pages of a language show in another one, as their own does not say it.
    private func gaps(_ language: String) -> [Diagnostic] {
        let own = [language, Self.primary(language)]
        guard let base, !theme.wordReferences.isEmpty, !own.contains(base.language) else { return [] }
        let found = found(in: language)
        let mine = candidates(for: language).filter { own.contains($0.language) }
        guard let file = mine.last else {
            return [
                Diagnostic(
                    .warning,
                    at: Place(file: "site.config"),
                    "the theme does not speak '\(language)': its own words stand in another language there",
                    advice: "write them into words/\(language).yaml, as in \(base.file)"
                )
            ]
        }
        return base.entries.compactMap { entry in
            guard let other = found[entry.name]?.file, !own.contains(other.language) else { return nil }
            return Diagnostic(
                .warning,
                at: Place(file: file.file),
                "the word '\(entry.name)' is missing, and stands in '\(other.language)' on pages",
                advice: "add it, as in \(entry.place)"
            )
        }
    }
}
