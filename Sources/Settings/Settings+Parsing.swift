import Gate
package import Ground

extension Settings {
    /// Reads the text of a `site.config`.
    ///
    /// `file` is how diagnostics name it. `environment` is what `${NAME}` may name; secrets are not read from it
    /// here, see `SecretSetting`. Throws every mistake, not only the first.
    package init(parsing text: String, file: String, environment: [String: String])
        throws(Diagnostics)
    {
        let (root, problems) = YAMLDocument.reading(text, file: file)
        let reading = YAMLReading(environment: environment)
        problems.forEach(reading.report)
        // Where the text could not be read at all, asking for keys would only say that all of them are missing.
        if case .nothing = root.content {
            if problems.isEmpty {
                reading.report(
                    at: Place(file: file),
                    "the configuration is empty",
                    advice: "it needs at least 'title' and 'url'"
                )
            }
            throw Diagnostics(reading.diagnostics)
        }
        let table = YAMLTable(
            root,
            named: "the configuration",
            keys: Self.keys,
            reading: reading
        )
        let settings = Self.read(table, file: file)
        guard let settings, !Diagnostics(reading.diagnostics).hasErrors else {
            throw Diagnostics(reading.diagnostics)
        }
        self = settings
        warnings = Diagnostics(reading.diagnostics).all
    }
}

extension Settings {
    private static let keys = [
        "title", "url", "language", "theme", "visibility", "appwrite", "auth", "guests", "server",
        "markdown", "build", "languages", "taxonomies", "paginate", "permalinks", "hooks",
        "audit",
    ]

    private static func read(_ table: YAMLTable, file: String) -> Settings? {
        let title = table.required("title", "a title, as in 'title: The Manual'") {
            $0.text("title", mixed: true)
        }
        let url = table.required("url", "the address visitors use, as in 'url: https://example.org'") {
            $0.parsed(
                "url",
                "http:// or https:// and a host, perhaps a port",
                mixed: true,
                advice: "a site begins at '/', so a path, a query or a user has no place here",
                SiteURL.init
            )
        }
        let language = table.parsed("language", "a language tag such as en or pt-BR", languageTag)
        let languages = languages(table, beside: language ?? "en")
        let theme = table.parsed("theme", "the name of a folder below themes", folderName)
        let visibility = VisibilityPolicy(table.entry("visibility")?.value, in: table)
        let appwrite = AppwriteSettings(table)
        let auth = AuthSettings(table)
        let guests = GuestSettings(table)
        let server = ServerSettings(table)
        let markdown = MarkdownSettings(table)
        let lists = ListSettings(table)
        let build = BuildSettings(table)
        let hooks = HookSettings.list(table)
        let audit = AuditSettings(table)
        guard let title, let url else { return nil }
        return Settings(
            title: title,
            url: url,
            language: language ?? "en",
            languages: languages,
            theme: theme ?? "lantern",
            visibility: visibility,
            appwrite: appwrite,
            auth: auth,
            guests: guests,
            server: server,
            markdown: markdown,
            lists: lists,
            build: build,
            hooks: hooks,
            audit: audit
        )
    }

    private static func languages(_ table: YAMLTable, beside language: String) -> [String] {
        var found: [String] = []
        for (text, place) in table.texts("languages") ?? [] {
            if languageTag(text) == nil {
                table.reading.report(
                    at: place,
                    "languages must be language tags such as de or pt-BR, found '\(text)'"
                )
            } else if text == language || found.contains(text) {
                table.reading.report(
                    at: place,
                    "'\(text)' is a language of the site already",
                    advice: text == language
                        ? "'languages' names the others: these pages lie in content itself" : nil
                )
            } else {
                found.append(text)
            }
        }
        return found
    }

    /// Letters, digits and hyphens in parts of up to eight (BCP 47, RFC 5646 §2.1, without the registry).
    private static func languageTag(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = parts.allSatisfy { part in
            (1...8).contains(part.utf8.count)
                && part.utf8.allSatisfy { Unicode.Scalar($0).isLetterOrDigit }
        }
        return isTag && parts[0].utf8.count >= 2 ? text : nil
    }

    /// A name that stays below its folder.
    private static func folderName(_ text: String) -> String? {
        let isName = text.utf8.allSatisfy {
            Unicode.Scalar($0).isLetterOrDigit || $0 == 0x2d || $0 == 0x5f
        }
        return isName && !text.isEmpty ? text : nil
    }
}

extension Unicode.Scalar {
    /// Of ASCII.
    var isLetterOrDigit: Bool {
        switch self {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
