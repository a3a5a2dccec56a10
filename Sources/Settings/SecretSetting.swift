package import Ground

/// Where a secret comes from: an environment variable, or a file that the variable `<name>_FILE` names.
///
/// Read only when needed, so that a site builds where its key is not known.
package struct SecretSetting: Hashable, Sendable {
    /// The variable, such as `APPWRITE_API_KEY`.
    package let name: String
    /// Where `site.config` names it.
    package let place: Place

    package init(name: String, place: Place) {
        self.name = name
        self.place = place
    }

    /// The secret itself.
    ///
    /// White space around it is dropped, as editors end files with a line break. Throws, without the value, where neither
    /// variable is set, where both are, where the file cannot be read, and where the value could not stand in a header.
    package func reveal(
        environment: [String: String],
        readFile: (_ path: String) throws -> String
    ) throws(Diagnostic) -> Secret {
        let direct = environment[name].flatMap { $0.isEmpty ? nil : $0 }
        let path = environment["\(name)_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        switch (direct, path) {
        case (let text?, nil): return try checked(text, from: "the environment variable \(name)")
        case (nil, let path?):
            return try checked(contents(of: path, readFile), from: "the file '\(path)'")
        case (nil, nil):
            throw Diagnostic(
                at: place,
                "the environment variable \(name) is not set",
                advice: "export \(name), or name a file that holds the secret in \(name)_FILE"
            )
        case (_?, _?):
            throw Diagnostic(
                at: place,
                "both \(name) and \(name)_FILE are set",
                advice: "unset one of them, so that it is clear which secret is meant"
            )
        }
    }
}

extension SecretSetting {
    private func contents(of path: String, _ readFile: (String) throws -> String) throws(Diagnostic)
        -> String
    {
        do {
            return try readFile(path)
        } catch {
            throw Diagnostic(
                at: place,
                "the file '\(path)' that \(name)_FILE names cannot be read",
                advice: "check that it exists, and that this user may read it"
            )
        }
    }

    private func checked(_ text: String, from source: String) throws(Diagnostic) -> Secret {
        let scalars = text.unicodeScalars
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let trimmed = scalars.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard !trimmed.isEmpty else { throw Diagnostic(at: place, "\(source) is empty") }
        // What comes here goes into a header field (RFC 9110 §5.5).
        guard trimmed.allSatisfy({ (0x21...0x7e).contains($0.value) }) else {
            throw Diagnostic(at: place, "\(source) holds a space or a character that no key has")
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: trimmed)
        return Secret(String(result))
    }
}
