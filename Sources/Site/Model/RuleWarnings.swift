import Gate
import Ground

/// Rules that keep nothing closed, though somebody believes that they do.
struct RuleWarnings {
    /// Something of content that everyone may see.
    struct Open {
        let path: PagePath
        let place: Place
    }

    let problems: [Diagnostic]

    /// `paths` are those of all that lies in content, also of what this build leaves out; `open` those of it that nobody
    /// has called public in so many words.
    ///
    /// Costs O(private rules × paths) where rules are idle, much less where each finds its first path soon.
    init(policy: VisibilityPolicy, paths: [PagePath], open: [Open]) {
        problems = Self.idle(policy, paths) + Self.casing(policy, open)
    }
}

extension RuleWarnings {
    private static func idle(_ policy: VisibilityPolicy, _ paths: [PagePath]) -> [Diagnostic] {
        policy.rules.filter { $0.visibility == .private }.compactMap { rule in
            if "\(rule.pattern)/".hasPrefix("/assets/") {
                return Diagnostic(
                    .warning,
                    at: rule.place,
                    "the theme's files are public, whatever the rule '\(rule.pattern)' says",
                    advice: "remove the rule; what is private belongs into content"
                )
            }
            return idle(rule, policy, paths)
        }
    }

    private static func idle(
        _ rule: VisibilityRule,
        _ policy: VisibilityPolicy,
        _ paths: [PagePath]
    ) -> Diagnostic? {
        var isNamed = false
        var opener: VisibilityRule?
        for path in paths where rule.pattern.matches(path) {
            isNamed = true
            guard let first = policy.rule(for: path), first != rule else { return nil }
            if first.visibility == .public, opener == nil { opener = first }
        }
        if let opener {
            // Twice the same pattern is told where the rules are read.
            if opener.pattern == rule.pattern { return nil }
            return Diagnostic(
                .warning,
                at: rule.place,
                "this rule never decides: what '\(rule.pattern)' names is decided before it, by '\(opener.pattern)' at \(opener.place) for one",
                advice: "the first rule that matches a path decides; move this one up"
            )
        }
        if isNamed { return nil }
        return Diagnostic(
            .warning,
            at: rule.place,
            "no page and no file is named by the private rule '\(rule.pattern)'",
            advice: "rules speak of addresses such as /members/fees/, and upper and lower case differ"
        )
    }

    /// Who writes `/members/**` means the folder `Members`, too.
    private static func casing(_ policy: VisibilityPolicy, _ open: [Open]) -> [Diagnostic] {
        let folded = policy.rules.map { (rule: $0, pattern: PathPattern($0.pattern.text.lowercased())) }
        let isPlain = folded.allSatisfy { $0.pattern == $0.rule.pattern }
        return open.compactMap { item in
            // Nothing to fold on either side: the rules have said already what they say.
            if isPlain, item.path.text.utf8.allSatisfy({ $0 < 0x80 && !(0x41...0x5a).contains($0) }) {
                return nil
            }
            guard let path = PagePath(item.path.text.lowercased()),
                let rule = folded.first(where: { $0.pattern?.matches(path) ?? false })?.rule,
                rule.visibility == .private
            else { return nil }
            return Diagnostic(
                .warning,
                at: item.place,
                "\(item.path) is public; the private rule '\(rule.pattern)' at \(rule.place) would name it if upper and lower case did not differ",
                advice: "rename it, or write a public rule for this path before that one"
            )
        }
    }
}
