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
        changed = new.filter { route in
            before[route.path].map { $0.readings.map(\.digest) != route.readings.map(\.digest) } ?? false
        }
        let ancestry = Ancestry(before, after)
        exposures = after.routes.flatMap { route -> [Exposure] in
            guard let former = ancestry.former(of: route) else { return [] }
            if let exposure = Exposure(before: former, after: route) { return [exposure] }
            return Exposure.ofParts(before: former, after: route)
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
        self.init(was: before, is: after)
    }

    private init(was before: Route, is after: Route) {
        self.before = before
        self.after = after
    }

    /// The parts of a page that were for some, and of which no rendering for so few is left.
    ///
    /// What a rendering says is not known here. So a part that is gone counts as open, unless all others read what they read
    /// before; and a part that was opened beside another one that was not is seen by its old rendering, if it had one.
    static func ofParts(before: Route, after: Route) -> [Exposure] {
        let lost = before.readings.dropLast().filter { old in
            !after.readings.contains { $0.access.admitsOnly(thoseOf: old.access) }
        }
        guard after.digest != before.digest || after.renderings != nil else { return [] }
        return lost.compactMap { old in
            // A rendering for those of two parts is lost with one of them.
            let isTold = lost.contains {
                $0 != old && old.access.admitsOnly(thoseOf: $0.access)
                    && !$0.access.admitsOnly(thoseOf: old.access)
            }
            let now = after.readings.first { old.access.admitsOnly(thoseOf: $0.access) }
            return isTold ? nil : now.map { Exposure(was: old, is: $0) }
        }
    }
}

extension Route {
    /// Whether everyone whom this route admits is admitted by the other, too.
    package func admitsOnly(thoseOf other: Route) -> Bool { access.admitsOnly(thoseOf: other.access) }
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
