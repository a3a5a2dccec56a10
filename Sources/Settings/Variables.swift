import Ground

/// `${NAME}` in a text of `site.config`.
enum Variables {
    /// The name in a text that is `${NAME}` and nothing else.
    static func name(in text: some StringProtocol) -> String? {
        guard text.hasPrefix("${"), text.hasSuffix("}") else { return nil }
        let name = String(text.dropFirst(2).dropLast())
        return isName(name) ? name : nil
    }

    /// Replaces each `${NAME}`; a `$` without a brace stands for itself.
    ///
    /// Throws where a name is no name, where a variable is not set or empty, and where one stands within a text that
    /// must be said in full.
    static func replace(
        in text: String,
        mixed: Bool,
        by environment: [String: String],
        at place: Place
    ) throws(Diagnostic) -> (text: String, isChanged: Bool) {
        guard text.contains("${") else { return (text, false) }
        guard mixed || name(in: text) != nil else {
            throw Diagnostic(
                at: place,
                "an environment variable must be the whole value here, as in ${NAME}",
                advice: "let the variable hold the complete value"
            )
        }
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else {
                throw Diagnostic(
                    at: place,
                    "'${' without '}'",
                    advice: "an environment variable is written ${NAME}"
                )
            }
            result += try value(of: String(rest[start.upperBound..<end]), in: environment, at: place)
            rest = rest[rest.index(after: end)...]
        }
        return (result + rest, true)
    }

    private static func value(
        of name: String,
        in environment: [String: String],
        at place: Place
    ) throws(Diagnostic) -> String {
        guard isName(name) else {
            throw Diagnostic(
                at: place,
                "'\(name)' is not the name of an environment variable",
                advice: "letters, digits and _ make a name, as in ${SITE_URL}"
            )
        }
        guard let value = environment[name], !value.isEmpty else {
            throw Diagnostic(
                at: place,
                "the environment variable \(name) is \(environment[name] == nil ? "not set" : "empty")",
                advice: "export \(name) before the command, or write the value itself here"
            )
        }
        return value
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x5f: true
            default: false
            }
        }
    }
}
