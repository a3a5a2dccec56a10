package import Ground

/// One rule of `visibility.rules`.
package struct VisibilityRule: Hashable, Sendable {
    package let pattern: PathPattern
    package let visibility: Visibility
    /// Only for private paths; empty admits every member.
    package let requirement: Requirement
    /// Where it is written, for whoever asks why.
    package let place: Place

    package init(pattern: PathPattern, visibility: Visibility, requirement: Requirement, place: Place) {
        self.pattern = pattern
        self.visibility = visibility
        self.requirement = requirement
        self.place = place
    }
}

/// What a page's own front matter says about who may see it.
package struct VisibilityClaim: Hashable, Sendable {
    /// Nil where the page does not say.
    package let visibility: Visibility?
    package let requirement: Requirement
    /// Where the page says so, or the page itself.
    package let place: Place

    package init(visibility: Visibility?, requirement: Requirement = Requirement(), place: Place) {
        self.visibility = visibility
        self.requirement = requirement
        self.place = place
    }
}

/// For whom a page is, all told, and who said so.
package struct Access: Hashable, Sendable {
    package let visibility: Visibility
    /// All of these must hold; empty for a public page, and for a private one that is for every member.
    package let requirements: [Requirement]
    /// The line that decided the visibility.
    package let place: Place

    package init(visibility: Visibility, requirements: [Requirement], place: Place) {
        self.visibility = visibility
        self.requirements = requirements
        self.place = place
    }

    /// Whether everyone who may see a page of this access may see one of the other's, too.
    ///
    /// Lists and menus of a page show only what this admits. It compares what is written, and so may say no where a
    /// cleverer comparison would say yes; never the other way round.
    package func implies(_ other: Access) -> Bool {
        switch (visibility, other.visibility) {
        case (_, .public): true
        case (.public, .private): false
        case (.private, .private): Set(requirements).isSuperset(of: other.requirements)
        }
    }

    /// Whether everyone whom this admits is admitted by the other, too.
    ///
    /// Exact for what can be written: each label, team or verification that the other asks for must be asked for here.
    package func admitsOnly(thoseOf other: Access) -> Bool {
        switch (visibility, other.visibility) {
        case (_, .public): true
        case (.public, .private): false
        case (.private, .private):
            other.requirements.allSatisfy { asked in
                (asked.labels.isEmpty || requirements.contains { $0.labels.isSubset(of: asked.labels) })
                    && (asked.teams.isEmpty || requirements.contains { $0.teams.isSubset(of: asked.teams) })
                    && (!asked.verified || requirements.contains(where: \.verified))
            }
        }
    }

    /// For those only who may see both; the place is that of the one that closes it, and else this one's.
    ///
    /// Requirements come in one fixed order, whichever of the two is asked.
    package func joined(with other: Access) -> Access {
        switch (visibility, other.visibility) {
        case (_, .public): self
        case (.public, .private): other
        case (.private, .private):
            Access(
                visibility: .private,
                requirements: Requirement.ordered(requirements + other.requirements),
                place: place
            )
        }
    }
}

/// The `visibility` part of `site.config`: a default and rules, of which the first that matches a path decides.
package struct VisibilityPolicy: Hashable, Sendable {
    package let fallback: Visibility
    package let rules: [VisibilityRule]
    /// Where the default is written, or the configuration itself.
    package let place: Place
    /// `conceal`: whoever is no member cannot tell private paths from paths where nothing is.
    package var conceals = false

    package init(fallback: Visibility, rules: [VisibilityRule], place: Place) {
        self.fallback = fallback
        self.rules = rules
        self.place = place
    }

    /// The rule that speaks of this path.
    package func rule(for path: PagePath) -> VisibilityRule? {
        rules.first { $0.pattern.matches(path) }
    }

    /// Joins what the configuration, a cascade around the page, and the page say.
    ///
    /// A page is never laxer than the cascade, as it is never laxer than its rule.
    package func access(
        to path: PagePath,
        claim: VisibilityClaim,
        within cascade: Access?
    ) throws(Diagnostic) -> Access {
        guard let cascade, cascade.visibility == .private else { return try access(to: path, claim: claim) }
        if claim.visibility == .public {
            throw Diagnostic(
                at: claim.place,
                "the page says public, but the cascade at \(cascade.place) makes all that lies below it private",
                advice: "remove 'visibility: public', or move the page out of that folder"
            )
        }
        let closed = VisibilityClaim(
            visibility: .private,
            requirement: claim.requirement,
            place: claim.visibility == nil ? cascade.place : claim.place
        )
        return try access(to: path, claim: closed).joined(with: cascade)
    }

    /// For whom something is that the build makes itself, such as a list: as strict as it must be, and as any private rule for
    /// its path.
    ///
    /// A public rule opens nothing, and the default says nothing of it.
    package func access(to path: PagePath, generated access: Access) -> Access {
        guard let rule = rule(for: path), rule.visibility == .private else { return access }
        return access.joined(
            with: Access(
                visibility: .private,
                requirements: rule.requirement.isEmpty ? [] : [rule.requirement],
                place: rule.place
            )
        )
    }

    /// Joins what the configuration and the page say.
    ///
    /// A page may be stricter than its rule, never laxer: a public
    /// page under a private rule is an error, and so is a requirement on a page that would be public.
    package func access(to path: PagePath, claim: VisibilityClaim) throws(Diagnostic) -> Access {
        let rule = rule(for: path)
        let ruled = rule?.visibility ?? fallback
        if ruled == .private, claim.visibility == .public, let rule {
            throw Diagnostic(
                at: claim.place,
                "the page says public, but \(path) is private by the rule '\(rule.pattern)' at \(rule.place)",
                advice: "remove 'visibility: public', or write a rule for this path before that one"
            )
        }
        let visibility = claim.visibility ?? ruled
        let requirements = [rule?.requirement, claim.requirement].compactMap(\.self).filter { !$0.isEmpty }
        if visibility == .public, !claim.requirement.isEmpty {
            throw Diagnostic(
                at: claim.place,
                "'allow' on a public page admits nobody in particular",
                advice: "add 'visibility: private', or remove 'allow'"
            )
        }
        return Access(
            visibility: visibility,
            requirements: visibility == .private ? Requirement.ordered(requirements) : [],
            place: claim.visibility == nil ? rule?.place ?? place : claim.place
        )
    }
}

extension [String] {
    /// Of names that one of is enough: fewer are stricter, and none at all asks for nothing.
    fileprivate func isSubset(of others: [String]) -> Bool {
        !isEmpty && allSatisfy { others.contains($0) }
    }
}

extension Requirement {
    /// Each once; any fixed order will do, since the same site must give the same bytes.
    fileprivate static func ordered(_ requirements: [Requirement]) -> [Requirement] {
        Set(requirements).sorted { $0.sortKey.lexicographicallyPrecedes($1.sortKey) }
    }

    private var sortKey: [String] { labels + ["|"] + teams + ["|", verified ? "1" : "0"] }
}
