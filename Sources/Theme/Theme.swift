package import Ground
import Mustache

/// A theme: its templates, checked and ready to be filled, and the files that it serves as they are.
///
/// `layouts/page.mustache` is the template `layouts/page`, `tags/info.mustache` is `tags/info`, and
/// `partials/head.mustache` is included as `{{> head}}`.
///
/// A class, because each page that is filled asks for it.
package final class Theme: Sendable {
    /// The files below `assets`, sorted; the site serves `assets/x.css` at `/assets/x.css`.
    package let assets: [ThemeFile]
    /// What the server fills at run time, below `server`: a theme without one of these leaves a visitor without an answer.
    package static let serverTemplates = [
        "account", "account-deleted", "authenticator", "code", "continue", "delete-account", "mail-sent",
        "mailed-link", "new-password", "recover", "recovery-codes", "second-factor", "sign-in", "sign-up",
        "signed-out", "status",
    ]
    /// What templates name by `{{asset.…}}`; whether it is there is for the caller to say, as a release has no assets here.
    package let assetReferences: [AssetReference]
    /// What templates name by `{{words.…}}`.
    package let wordReferences: [WordReference]
    /// The files below `words`, each in the language of its name, sorted.
    package let wordFiles: [ThemeFile]
    let templates: [Template]
    private let library: MustacheLibrary
    /// The templates that are filled without the library.
    private let program: TemplateProgram
    private let names: Set<String>
    /// Every word in a tag that asks for a value.
    private let words: Set<Substring>
    private let shownAs: String

    private init(
        assets: [ThemeFile],
        wordFiles: [ThemeFile],
        templates: [Template],
        shownAs: String
    ) {
        self.assets = assets
        self.wordFiles = wordFiles
        self.templates = templates
        self.shownAs = shownAs
        assetReferences = Self.assetReferences(in: templates)
        wordReferences = templates.flatMap(\.wordReferences)
        names = Set(templates.map(\.name))
        words = Self.words(in: templates)
        library = MustacheLibrary(
            templates: Dictionary(templates.map { ($0.name, $0.parsed) }) { first, _ in first }
        )
        program = TemplateProgram(Self.codes(templates))
    }

    /// Reads and checks a whole theme.
    ///
    /// `folder` is where the theme lies on this machine, `shownAs` the same folder as messages show it, such as
    /// `themes/lantern`. Throws every problem of every template: tags that are not closed or not understood, partials
    /// that are missing, inclusions without end.
    package static func load(folder: String, shownAs: String) throws(Diagnostics) -> Theme {
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        let found = ThemeFolder(folder, shownAs: shownAs)
        var problems = found.problems
        var templates: [Template] = []
        let files = found.files.filter { $0.templateName != nil }
        for file in files {
            guard let name = file.templateName else { continue }
            do throws(Diagnostics) {
                templates.append(
                    try Template(name: name, file: file.shownAs, text: ThemeFolder.text(of: file))
                )
            } catch {
                problems += error.all
            }
        }
        // With a template missing from the graph its users would be blamed for it.
        if problems.isEmpty { problems = twins(templates) + TemplateGraph(templates).problems }
        guard problems.isEmpty else { throw Diagnostics(problems) }
        return Theme(
            assets: found.files.filter { $0.path.hasPrefix("assets/") },
            wordFiles: found.files.filter { $0.path.hasPrefix("words/") },
            templates: templates,
            shownAs: shownAs
        )
    }

    /// The templates as they were checked, sorted; the release holds a copy for the pages that are made at run time.
    ///
    /// Those of tags are missing: they are filled when the site is built, and never by the server.
    package var templateTexts: [(path: String, text: String)] {
        templates.map { (String($0.file.dropFirst(shownAs.count + 1)), $0.text) }
            .filter { !$0.path.hasPrefix("tags/") }
    }

    /// The files of all templates, those of tags among them, as messages show them.
    package var templateFiles: [String] { templates.map(\.file) }

    /// Whether there is such a template: `layouts/home`, `server/status`.
    package func has(_ template: String) -> Bool { names.contains(template) }

    /// Whether any template asks for a value of this name, so that it must be made.
    ///
    /// Answers yes more often than need be: where the name stands for something else in a tag, too.
    package func mentions(_ name: String) -> Bool { words.contains(name[...]) }

    /// Whether a template may show a value of this name as a whole, or go through what is in it.
    package func mentionsWhole(_ name: String) -> Bool {
        templates.contains { template in
            template.tags.contains { ($0.kind == .variable || $0.kind == .section) && $0.name == name }
        }
    }

    /// The templates that show a value by its whole name, such as `page.heading`, themselves or in a partial.
    package func templates(showing value: String) -> Set<String> {
        var found: Set<String> = []
        while true {
            let more = templates.filter { template in
                !found.contains(template.name)
                    && template.tags.contains {
                        switch $0.kind {
                        case .variable: $0.name == value
                        case .partial, .parent: found.contains($0.name)
                        default: false
                        }
                    }
            }
            if more.isEmpty { return found }
            found.formUnion(more.map(\.name))
        }
    }

    /// The names of the templates below one folder, such as `layouts`, without it.
    package func templates(in folder: String) -> [String] {
        names.filter { $0.hasPrefix(folder + "/") }.map { String($0.dropFirst(folder.count + 1)) }.sorted()
    }

    /// Fills a template.
    ///
    /// What the context does not hold renders as nothing. Throws where there is no such template.
    package func render(
        _ template: String,
        _ context: [String: TemplateValue]
    ) throws(Diagnostic) -> String {
        String(decoding: try fill(template, context), as: UTF8.self)
    }

    /// The same as UTF-8, as files want it.
    package func fill(
        _ template: String,
        _ context: [String: TemplateValue]
    ) throws(Diagnostic) -> [UInt8] {
        if let bytes = TemplateFilling.fill(template, of: program, context) { return bytes }
        guard let text = library.render(TableNode(values: context), withTemplate: template) else {
            throw Diagnostic(
                at: Place(file: shownAs),
                "the theme has no template '\(template)'",
                advice: "add \(shownAs)/\(template).mustache"
            )
        }
        return Array(text.utf8)
    }
}

extension Theme {
    /// The same theme, filled with other templates.
    convenience init(_ theme: Theme, templates: [Template]) {
        self.init(
            assets: theme.assets,
            wordFiles: theme.wordFiles,
            templates: templates,
            shownAs: theme.shownAs
        )
    }

    private static func words(in templates: [Template]) -> Set<Substring> {
        Set(
            templates.flatMap(\.tags).filter { $0.kind == .variable || $0.kind == .section }.flatMap {
                $0.name.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
            }
        )
    }

    /// Those that need the library neither for themselves nor for a partial.
    private static func codes(_ templates: [Template]) -> [String: TemplateCode] {
        var codes = Dictionary(templates.map { ($0.name, $0.code) }) { first, _ in first }
            .compactMapValues(\.self)
        while true {
            let complete = codes.filter { $0.value.partials.allSatisfy { codes[$0] != nil } }
            if complete.count == codes.count { return codes }
            codes = complete
        }
    }

    /// `partials/layouts/page` and `layouts/page` would both be called `layouts/page`.
    private static func twins(_ templates: [Template]) -> [Diagnostic] {
        Dictionary(grouping: templates, by: \.name).values.filter { $0.count > 1 }.flatMap { twins in
            twins.map { Diagnostic(at: Place(file: $0.file), "two templates are called '\($0.name)'") }
        }
    }
}

extension ThemeFile {
    /// How templates refer to this file, where it is a template.
    fileprivate var templateName: String? {
        guard path.hasSuffix(".mustache"), !path.hasPrefix("assets/"),
            !path.hasPrefix("words/")
        else { return nil }
        let name = path.dropLast(".mustache".count)
        return String(name.hasPrefix("partials/") ? name.dropFirst("partials/".count) : name)
    }
}
