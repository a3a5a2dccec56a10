package import Ground

extension YAMLTable {
    /// A text that is not empty, after `${NAME}` has been replaced.
    ///
    /// `mixed` allows a variable within the text; else it must be the whole of it.
    package func text(_ key: String, mixed: Bool = false) -> String? {
        guard let (text, _) = scalar(key, expected: "a text", mixed: mixed) else { return nil }
        guard !text.isEmpty else { return wrong(key, "a text", found: "an empty one") }
        return text
    }

    /// `true` or `false`, not in quotes.
    package func flag(_ key: String) -> Bool? {
        guard let (text, isQuoted) = scalar(key, expected: "true or false") else { return nil }
        switch (text, isQuoted) {
        case ("true", false): return true
        case ("false", false): return false
        default:
            return wrong(key, "true or false", found: isQuoted ? "the text '\(text)'" : "'\(text)'")
        }
    }

    /// A whole number within a range, in decimal digits.
    package func number(_ key: String, in range: ClosedRange<Int>) -> Int? {
        parsed(key, "a number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// One of an enumeration's words.
    package func choice<Choice>(_ key: String, of type: Choice.Type) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let (text, _) = scalar(key, expected: "one word") else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let words = type.allCases.map(\.rawValue)
        return wrong(
            key,
            words.joined(separator: " or "),
            found: "'\(text)'",
            advice: Suggestion.nearest(to: text, in: words).map { "did you mean '\($0)'?" }
        )
    }

    /// Whatever a function makes of the text; `expected` says what that is, such as `a duration such as 30s`.
    package func parsed<Value>(
        _ key: String,
        _ expected: @autoclosure () -> String,
        mixed: Bool = false,
        advice: String? = nil,
        _ parse: (String) -> Value?
    ) -> Value? {
        guard let (text, _) = scalar(key, expected: expected(), mixed: mixed) else { return nil }
        return parse(text) ?? wrong(key, expected(), found: "'\(text)'", advice: advice)
    }

    /// The texts of a list, each with its place and after `${NAME}` has been replaced; one text alone is not a list.
    package func texts(_ key: String) -> [(text: String, place: Place)]? {
        guard let value = entry(key)?.value else { return nil }
        switch value.content {
        case .nothing: return []
        case .list(let values):
            return values.compactMap { value in
                if case .scalar(let text, _) = value.content, !text.isEmpty {
                    return reading.replaced(text, at: value.place, mixed: false).map {
                        ($0.text, value.place)
                    }
                }
                reading.report(
                    at: value.place,
                    "\(key) must be a list of texts, found \(value.found) in it"
                )
                return nil
            }
        default: return wrong(key, "a list, such as [one, two]", found: value.found)
        }
    }
}

extension YAMLTable {
    /// The values of a list; one value alone is not a list.
    package func values(_ key: String) -> [YAMLValue]? {
        guard let value = entry(key)?.value else { return nil }
        switch value.content {
        case .nothing: return []
        case .list(let values): return values
        default: return wrong(key, "a list, such as [one, two]", found: value.found)
        }
    }
}

extension YAMLReading {
    /// The text of a value that is no list and no table, after `${NAME}` has been replaced; nil, and a note, where that cannot
    /// be done.
    package func text(_ value: YAMLValue) -> String? {
        guard case .scalar(let text, _) = value.content else { return nil }
        return replaced(text, at: value.place, mixed: false)?.text
    }

    /// The text with its variables replaced, or nil, and a report, where that cannot be done.
    fileprivate func replaced(_ text: String, at place: Place, mixed: Bool) -> (
        text: String, isChanged: Bool
    )? {
        guard let environment else { return (text, false) }
        do {
            return try Variables.replace(in: text, mixed: mixed, by: environment, at: place)
        } catch {
            report(error)
            return nil
        }
    }
}

extension YAMLTable {
    private func scalar(_ key: String, expected: @autoclosure () -> String, mixed: Bool = false) -> (
        text: String, isQuoted: Bool
    )? {
        guard let value = entry(key)?.value else { return nil }
        guard case .scalar(let text, let isQuoted) = value.content else {
            return wrong(key, expected(), found: value.found)
        }
        return reading.replaced(text, at: value.place, mixed: mixed).map {
            ($0.text, isQuoted && !$0.isChanged)
        }
    }

    private func wrong<Value>(_ key: String, _ expected: String, found: String, advice: String? = nil)
        -> Value?
    {
        reading.report(at: place(of: key), "\(key) must be \(expected), found \(found)", advice: advice)
        return nil
    }
}
