import Gate
import Ground

extension VisibilityPolicy {
    /// Reads `visibility`: a default, and rules of which the first that matches decides.
    init(_ value: YAMLValue?, in settings: YAMLTable) {
        let table = settings.table("visibility", keys: ["default", "rules", "conceal"])
        let fallback = table.choice("default", of: Visibility.self) ?? .public
        self.init(
            fallback: fallback,
            rules: Self.rules(table),
            place: table.entry("default").map(\.place) ?? value?.place ?? settings.place
        )
        conceals = table.flag("conceal") ?? false
    }

    private static func rules(_ table: YAMLTable) -> [VisibilityRule] {
        guard let value = table.entry("rules")?.value else { return [] }
        switch value.content {
        case .nothing: return []
        case .list(let values):
            let rules = values.compactMap { VisibilityRule($0, table.reading) }
            warnOfRepetitions(rules, table.reading)
            return rules
        default:
            table.reading.report(at: value.place, "rules must be a list, found \(value.found)")
            return []
        }
    }

    private static func warnOfRepetitions(_ rules: [VisibilityRule], _ reading: YAMLReading) {
        var first: [String: Place] = [:]
        for rule in rules {
            if let earlier = first[rule.pattern.text] {
                reading.report(
                    .warning,
                    at: rule.place,
                    "this rule never decides, since '\(rule.pattern)' stands at \(earlier) already",
                    advice: "the first rule that matches a path decides; remove one of the two"
                )
            } else {
                first[rule.pattern.text] = rule.place
            }
        }
    }
}

extension VisibilityRule {
    /// Nil, and a note, where it cannot be read: the settings are then not used at all.
    fileprivate init?(_ value: YAMLValue, _ reading: YAMLReading) {
        let table = YAMLTable(
            value,
            named: "a rule",
            keys: ["path", "visibility", "allow"],
            reading: reading
        )
        let pattern = table.required("path", "of which paths the rule speaks, as in /members/**") {
            $0.parsed("path", "a pattern such as /members/** or /*/drafts/", PathPattern.init)
        }
        let visibility = table.required("visibility", "public or private") {
            $0.choice("visibility", of: Visibility.self)
        }
        let requirements = [Requirement](allow: table.entry("allow")?.value, reading)
        if visibility == .public, let allow = table.entry("allow") {
            reading.report(
                at: allow.place,
                "'allow' on a public rule admits nobody in particular",
                advice: "write 'visibility: private', or remove 'allow'"
            )
        }
        guard let pattern, let visibility else { return nil }
        self.init(
            pattern: pattern,
            visibility: visibility,
            requirements: requirements,
            place: table.place
        )
    }
}
