import Gate
import Ground

extension [Requirement] {
    /// Reads `allow`, of a rule or of a page's front matter: `{ labels: [pro], teams: [board/chair], verified: true }`.
    ///
    /// Nil asks for nothing; an `allow` that is there and asks for nothing is noted, since something was meant by it, and so
    /// is one that nobody can meet.
    package init(allow value: YAMLValue?, _ reading: YAMLReading) {
        guard let value else {
            self = []
            return
        }
        let before = reading.diagnostics.count
        self = Allow(reading: reading).requirements(value, named: "allow")
        guard reading.diagnostics.count == before else { return }
        if isEmpty {
            reading.report(
                at: value.place,
                "allow asks for nothing",
                advice:
                    "name labels, teams, emails, 'verified: true' or 'mfa: true', or remove it to admit every member"
            )
        } else if let domains = contradiction {
            reading.report(
                at: value.place,
                "allow admits nobody: it asks for an e-mail address at several domains at once, \(domains.map { "@" + $0 }.joined(separator: ", "))",
                advice: "name them in one list of 'emails', of which one is enough"
            )
        }
    }
}

/// Reads what stands below `allow`, and notes what is wrong in it.
private struct Allow {
    static let keys = ["labels", "teams", "emails", "verified", "mfa", "any", "all"]

    let reading: YAMLReading

    /// All keys of a table must hold.
    func requirements(_ value: YAMLValue, named name: String) -> [Requirement] {
        let table = YAMLTable(value, named: name, keys: Self.keys, reading: reading)
        let lists = [
            names(table, "labels") { text throws(FactMistake) in try Fact(label: text) },
            names(table, "teams") { text throws(FactMistake) in try Fact(team: text) },
            names(table, "emails") { text throws(FactMistake) in try Fact(domain: text) },
            table.flag("verified") == true ? [.verified] : [],
            table.flag("mfa") == true ? [.secondFactor] : [],
            any(table), parts(table, "all").flatMap(\.self),
        ]
        return [Requirement](all: lists.joined())
    }

    /// Of which one is enough.
    private func names(
        _ table: YAMLTable,
        _ key: String,
        _ read: (String) throws(FactMistake) -> Fact
    ) -> [Requirement] {
        var facts: [(fact: Fact, place: Place)] = []
        for (text, place) in table.texts(key) ?? [] {
            do {
                facts.append((try read(text), place))
            } catch {
                reading.report(at: place, error.problem, advice: error.advice)
            }
        }
        let requirement = Requirement(oneOf: facts.map(\.fact))
        for (fact, place) in facts where !requirement.oneOf.contains(fact) {
            reading.report(
                .warning,
                at: place,
                "'\(fact.text)' opens nothing here, since the whole team is admitted beside it",
                advice: "one name of a list is enough; remove the team, or the role"
            )
        }
        return facts.isEmpty ? [] : [requirement]
    }

    private func any(_ table: YAMLTable) -> [Requirement] {
        let lists = parts(table, "any")
        guard !lists.isEmpty else { return [] }
        if let found = [Requirement](any: lists) { return found }
        reading.report(
            at: table.place(of: "any"),
            "this asks for more combinations than can be kept apart",
            advice:
                "at most \([Requirement].most) things can be asked for at once; set a label at the accounts that meet them"
        )
        return []
    }

    /// What the elements of a list ask for: each is a table such as `allow` itself, or one fact, as in `label:pro`.
    private func parts(_ table: YAMLTable, _ key: String) -> [[Requirement]] {
        guard let values = table.values(key) else { return [] }
        if values.isEmpty {
            reading.report(
                at: table.place(of: key),
                "'\(key)' names nothing",
                advice: "write a list, such as [label:pro, team:board/chair]"
            )
        }
        return values.compactMap { value in
            let before = reading.diagnostics.count
            let asked = part(value, of: key)
            if asked.isEmpty, reading.diagnostics.count == before {
                reading.report(
                    at: value.place,
                    key == "any"
                        ? "this asks for nothing, so that 'any' would admit every member"
                        : "this asks for nothing",
                    advice: "remove it, or say what it asks for"
                )
            }
            return asked.isEmpty ? nil : asked
        }
    }

    private func part(_ value: YAMLValue, of key: String) -> [Requirement] {
        guard case .scalar = value.content else {
            return requirements(value, named: "what stands in '\(key)'")
        }
        guard let text = reading.text(value) else { return [] }
        do {
            return [Requirement(oneOf: [try Fact(text)])]
        } catch {
            reading.report(at: value.place, error.problem, advice: error.advice)
            return []
        }
    }
}
