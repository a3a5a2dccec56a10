package import Ground

/// One thing that the runtime can answer with, and for whom it is.
package struct Route: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// A page that visitors read; it counts against read limits.
        case page
        /// An image, a style sheet, a download.
        case asset
    }

    package let path: PagePath
    package let kind: Kind
    package let visibility: Visibility
    /// All of these must hold; empty on a private route admits every member.
    package let requirements: [Requirement]
    /// Below the release's `public` or `private` folder, as the visibility says; parts joined by `/`, none of them `..`.
    package let file: String
    /// A media type with its charset, for `Content-Type`.
    package let mediaType: String
    /// In bytes.
    package let length: Int
    /// SHA-256 of the bytes, as 64 hexadecimal digits; the validator for conditional requests.
    package let digest: String
    /// The author's file, relative to the site's folder.
    package let source: String
    /// The same content, compressed; nil where there are none, so that the table has no empty lists.
    package var twins: [Twin]?
    /// True where the path names exactly these bytes, so that an answer stays right for ever; nil where it does not.
    package var isFingerprinted: Bool?

    package init(
        path: PagePath,
        kind: Kind,
        access: Access,
        file: String,
        mediaType: String,
        length: Int,
        digest: String,
        source: String
    ) {
        self.path = path
        self.kind = kind
        self.visibility = access.visibility
        self.requirements = access.requirements
        self.file = file
        self.mediaType = mediaType
        self.length = length
        self.digest = digest
        self.source = source
    }

    /// Whether judging it takes the visitor's teams.
    package var asksForTeams: Bool { requirements.contains { !$0.teams.isEmpty } }

    /// What the gate says to a visitor of this standing.
    package func decision(for standing: Standing) -> Decision {
        Decision(visibility: visibility, requirements: requirements, standing: standing)
    }
}

/// Every route of one release, found by exact match.
package struct GateTable: Sendable {
    /// Sorted by path.
    package let routes: [Route]
    private let positions: [PagePath: Int]

    /// Throws where two routes have one path: then it cannot be said for whom that path is.
    package init(_ routes: some Sequence<Route>) throws(GateTableError) {
        self.routes = routes.sorted { $0.path < $1.path }
        var positions: [PagePath: Int] = [:]
        positions.reserveCapacity(self.routes.count)
        for (position, route) in self.routes.enumerated()
        where positions.updateValue(position, forKey: route.path) != nil {
            throw .duplicate(route.path)
        }
        self.positions = positions
    }

    /// The route with exactly this path, in constant time.
    package subscript(path: PagePath) -> Route? {
        positions[path].map { routes[$0] }
    }
}

/// Why a gate table is not to be trusted.
package enum GateTableError: Error, Equatable, CustomStringConvertible {
    case duplicate(PagePath)
    case format(Int)
    case unreadable(String)

    package var description: String {
        switch self {
        case .duplicate(let path): "two routes have the path \(path)"
        case .format(let number):
            "the gate table has format \(number), this program reads \(GateTable.format)"
        case .unreadable(let why): "the gate table cannot be read: \(why)"
        }
    }
}
