package import Ground

/// One rule of `visibility.rules`.
package struct VisibilityRule: Hashable, Sendable {
    package let pattern: PathPattern
    package let visibility: Visibility
    /// Only for private paths; all must hold, and none at all admits every member.
    package let requirements: [Requirement]
    /// Where it is written, for whoever asks why.
    package let place: Place

    package init(pattern: PathPattern, visibility: Visibility, requirements: [Requirement], place: Place) {
        self.pattern = pattern
        self.visibility = visibility
        self.requirements = requirements
        self.place = place
    }
}

/// What a page's own front matter says about who may see it.
package struct VisibilityClaim: Hashable, Sendable {
    /// Nil where the page does not say.
    package let visibility: Visibility?
    /// All must hold.
    package let requirements: [Requirement]
    /// Where the page says so, or the page itself.
    package let place: Place

    package init(visibility: Visibility?, requirements: [Requirement] = [], place: Place) {
        self.visibility = visibility
        self.requirements = requirements
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

    /// Whether everyone whom this admits is admitted by the other, too.
    ///
    /// Lists and menus of a page show only what this admits. Exact for what somebody can meet; of what nobody can, it may say
    /// no, and never says yes where somebody is admitted here and not there.
    package func admitsOnly(thoseOf other: Access) -> Bool {
        switch (visibility, other.visibility) {
        case (_, .public): true
        case (.public, .private): false
        case (.private, .private): requirements.implies(other.requirements)
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
                requirements: [Requirement](all: requirements + other.requirements),
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
            requirements: claim.requirements,
            place: claim.visibility == nil ? cascade.place : claim.place
        )
        let joined = try ruled(path, closed).joined(with: cascade)
        try Self.refuseContradiction(in: joined.requirements, path, at: claim.place)
        return joined
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
                requirements: rule.requirements,
                place: rule.place
            )
        )
    }

    /// Joins what the configuration and the page say.
    ///
    /// A page may be stricter than its rule, never laxer: a public
    /// page under a private rule is an error, and so is a requirement on a page that would be public.
    package func access(to path: PagePath, claim: VisibilityClaim) throws(Diagnostic) -> Access {
        let access = try ruled(path, claim)
        try Self.refuseContradiction(in: access.requirements, path, at: claim.place)
        return access
    }

    private func ruled(_ path: PagePath, _ claim: VisibilityClaim) throws(Diagnostic) -> Access {
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
        let requirements = [Requirement](all: (rule?.requirements ?? []) + claim.requirements)
        if visibility == .public, !claim.requirements.isEmpty {
            throw Diagnostic(
                at: claim.place,
                "'allow' on a public page admits nobody in particular",
                advice: "add 'visibility: private', or remove 'allow'"
            )
        }
        return Access(
            visibility: visibility,
            requirements: visibility == .private ? requirements : [],
            place: claim.visibility == nil ? rule?.place ?? place : claim.place
        )
    }

    /// A page for nobody is a mistake of somebody.
    private static func refuseContradiction(
        in requirements: [Requirement],
        _ path: PagePath,
        at place: Place
    ) throws(Diagnostic) {
        guard let domains = requirements.contradiction else { return }
        throw Diagnostic(
            at: place,
            "nobody may see \(path): it asks for an e-mail address at several domains at once, \(domains.map { "@" + $0 }.joined(separator: ", "))",
            advice:
                "what the page asks for is added to what its rule and its sections ask for; name the domains in one list of 'emails'"
        )
    }
}
