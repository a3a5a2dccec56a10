import Ground

/// One more rendering of a page, for those of its readers who may read more of it than the others.
///
/// It always lies in the private tree.
package struct Rendering: Hashable, Codable, Sendable {
    /// All of these must hold, those of the page among them; empty admits every member.
    package let requirements: [Requirement]
    /// Below the private tree.
    package let file: String
    /// In bytes.
    package var length: Int
    /// SHA-256 of the bytes, as 64 hexadecimal digits.
    package var digest: String
    /// The same content, compressed; nil where there are none.
    package var twins: [Twin]?

    package init(requirements: [Requirement], file: String, length: Int, digest: String) {
        self.requirements = requirements
        self.file = file
        self.length = length
        self.digest = digest
    }
}

extension Route {
    /// Whether what is sent depends on who asks, though everyone may ask.
    package var isForSome: Bool { visibility == .public && renderings != nil }

    /// The page as it is for its other readers, most demanding first, and last as it is for all of them.
    ///
    /// Each as the route that it would be if it were all there is at this path; a route of one rendering is itself.
    package var readings: [Route] {
        guard let renderings else { return [self] }
        var plain = self
        plain.renderings = nil
        return renderings.map(route) + [plain]
    }

    /// What a visitor of this standing is sent, who may see the page: the first rendering that admits them.
    ///
    /// Whoever is not known to be a member gets what all readers of the page get.
    package func reading(for standing: Standing) -> Route {
        guard let renderings, case .member = standing else { return self }
        let admitting = renderings.first {
            Decision(visibility: .private, requirements: $0.requirements, standing: standing) == .allow
        }
        return admitting.map(route) ?? self
    }

    private func route(_ rendering: Rendering) -> Route {
        var route = Route(
            path: path,
            kind: kind,
            access: Access(
                visibility: .private,
                requirements: rendering.requirements,
                place: Place(file: source)
            ),
            file: rendering.file,
            mediaType: mediaType,
            length: rendering.length,
            digest: rendering.digest,
            source: source,
            expires: expires
        )
        route.twins = rendering.twins
        return route
    }
}

extension GateTable {
    /// Every rendering of every route as a route of its own: what lies in the two trees.
    package var readings: [Route] {
        let hasOthers = routes.indices.contains { routes[$0].renderings != nil }
        return hasOthers ? routes.flatMap(\.readings) : routes
    }
}
