/// What changed between two gate tables, and above all what more people may see than before.
package struct TableDifference: Sendable {
    /// Pages that were not there before, by path.
    package let added: [Route]
    /// Pages that are gone.
    package let removed: [Route]
    /// Pages whose bytes are others than before, at the same path.
    package let changed: [Route]
    /// Pages and assets that became more open, by their new path.
    package let exposures: [Exposure]

    package init(from before: GateTable, to after: GateTable) {
        let (old, new) = (before.routes.filter { $0.kind == .page }, after.routes.filter { $0.kind == .page })
        added = new.filter { before[$0.path] == nil }
        removed = old.filter { after[$0.path] == nil }
        changed = new.filter { route in before[route.path].map { $0.digest != route.digest } ?? false }
        let ancestry = Ancestry(before, after)
        exposures = after.routes.compactMap { route in
            ancestry.former(of: route).flatMap { Exposure(before: $0, after: route) }
        }
    }
}

/// A page or an asset that people may see now who could not before.
package struct Exposure: Sendable {
    package let before: Route
    package let after: Route

    /// Nil where everyone who may see it now could see it before.
    init?(before: Route, after: Route) {
        guard !after.admitsOnly(thoseOf: before) else { return nil }
        self.before = before
        self.after = after
    }
}

extension Route {
    /// Whether everyone whom this route admits is admitted by the other, too.
    ///
    /// Exact for what can be written: each label, team or verification that the other asks for must be asked for here.
    package func admitsOnly(thoseOf other: Route) -> Bool {
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
}

extension [String] {
    /// Of names that one of is enough: fewer are stricter, and none at all asks for nothing.
    fileprivate func isSubset(of others: [String]) -> Bool {
        !isEmpty && allSatisfy { others.contains($0) }
    }
}

/// Finds what a route was before: at the same path, else the same source elsewhere, else the same bytes.
private struct Ancestry {
    private let before: GateTable
    private let sources: [String: Route]
    private let digests: [String: Route]

    init(_ before: GateTable, _ after: GateTable) {
        self.before = before
        // A source of several routes says nothing of one of them.
        let moved = Set(Self.unique(after.routes).keys)
        sources = Self.unique(before.routes).filter { moved.contains($0.key) }
        // Of equal files the most open one counts: the bytes were that open already.
        digests = Dictionary(before.routes.filter { $0.length > 0 }.map { ($0.digest, $0) }) {
            $0.admitsOnly(thoseOf: $1) ? $1 : $0
        }
    }

    func former(of route: Route) -> Route? {
        before[route.path] ?? sources[route.source] ?? digests[route.digest]
    }

    private static func unique(_ routes: [Route]) -> [String: Route] {
        Dictionary(grouping: routes, by: \.source).compactMapValues { $0.count == 1 ? $0[0] : nil }
    }
}
