package import Ground

/// One thing that the runtime can answer with, and for whom it is.
package struct Route: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// A page that visitors read; it counts against read limits.
        case page
        /// An image, a style sheet, a download.
        case asset
        /// An address that a page used to have: it leads on, and is as strict as where it leads.
        case redirect
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
    package var length: Int
    /// SHA-256 of the bytes, as 64 hexadecimal digits; the validator for conditional requests.
    package var digest: String
    /// The author's file, relative to the site's folder.
    package let source: String
    /// Where a redirect leads; nil for everything else.
    package let target: PagePath?
    /// Seconds since 1970 in UTC from which on nothing is here; nil where it stays.
    package let expires: Int?
    /// The same content, compressed; nil where there are none, so that the table has no empty lists.
    package var twins: [Twin]?
    /// True where the path names exactly these bytes, so that an answer stays right for ever; nil where it does not.
    package var isFingerprinted: Bool?
    /// The page for those who may read more of it, most demanding first; nil where it is the same for all its readers.
    package var renderings: [Rendering]?

    /// A page or an asset.
    package init(
        path: PagePath,
        kind: Kind,
        access: Access,
        file: String,
        mediaType: String,
        length: Int,
        digest: String,
        source: String,
        expires: Int? = nil
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
        self.target = nil
        self.expires = expires
    }

    /// A redirect, which has no file.
    package init(path: PagePath, access: Access, target: PagePath, source: String, expires: Int? = nil) {
        self.path = path
        kind = .redirect
        visibility = access.visibility
        requirements = access.requirements
        file = ""
        mediaType = ""
        length = 0
        digest = ""
        self.source = source
        self.target = target
        self.expires = expires
    }

    /// Whether nothing is here any more, at a moment in seconds since 1970 in UTC.
    package func hasExpired(at now: Int) -> Bool { expires.map { $0 <= now } ?? false }

    /// What must be asked about a member before the route can be judged and a rendering chosen; nil where that is known.
    ///
    /// Where the page turns the member away whatever the renderings ask for, these are not asked about.
    package func unknown(of member: Member) -> Member.Detail? {
        if let detail = requirements.firstUnknown(of: member) { return detail }
        guard let renderings, requirements.allSatisfy({ $0.isMet(by: member) }) else { return nil }
        return renderings.lazy.compactMap { $0.requirements.firstUnknown(of: member) }.first
    }

    /// What the gate says to a visitor of this standing.
    package func decision(for standing: Standing) -> Decision {
        Decision(visibility: visibility, requirements: requirements, standing: standing)
    }
}

/// Every route of one release, found by exact match.
package struct GateTable: Sendable {
    /// Sorted by path.
    package let routes: [Route]
    /// Whether pages have a search, which a script of the site does; pages of other sites run none.
    package let runsScripts: Bool
    /// Below which all files of the search lie.
    package static let searchRoot = "/_search/"
    private let positions: [PagePath: Int]

    /// Throws where two routes have one path: then it cannot be said for whom that path is.
    ///
    /// Throws, too, where a redirect leads to no page, or is laxer than the page: it would tell a guest where a private page is.
    package init(_ routes: some Sequence<Route>) throws(GateTableError) {
        self.routes = Self.sorted(Array(routes))
        var positions: [PagePath: Int] = [:]
        positions.reserveCapacity(self.routes.count)
        // By position: a route is large, and this goes through all of them.
        for position in self.routes.indices {
            let path = self.routes[position].path
            guard positions.updateValue(position, forKey: path) == nil else { throw .duplicate(path) }
        }
        self.positions = positions
        runsScripts = self.routes.contains { $0.path.text.hasPrefix(Self.searchRoot) }
        for position in self.routes.indices {
            guard let target = self.routes[position].target else { continue }
            let route = self.routes[position]
            guard isSafe(route, to: self[target]) else { throw .redirect(route.path) }
        }
    }

    /// By path.
    ///
    /// Numbers are put in order and not the routes, which are large.
    private static func sorted(_ routes: [Route]) -> [Route] {
        let paths = routes.indices.map { routes[$0].path }
        return routes.indices.sorted { paths[$0] < paths[$1] }.map { routes[$0] }
    }

    /// The route with exactly this path, in constant time.
    package subscript(path: PagePath) -> Route? {
        positions[path].map { routes[$0] }
    }

    /// Where in `routes` the route of a path is, or of the folder of this name.
    package func position(of path: PagePath) -> Int? { positions[path] ?? positions[path.asFolder] }

    /// The same table with other files at some of its paths, at the cost of a copy.
    ///
    /// Throws where one of these paths is not in it, or would be for other visitors than before.
    package func replacing(_ replaced: [Route]) throws(GateTableError) -> GateTable {
        var routes = routes
        for route in replaced {
            guard let position = positions[route.path], routes[position].kind == route.kind,
                routes[position].visibility == route.visibility,
                routes[position].requirements == route.requirements,
                routes[position].renderings?.map(\.requirements) == route.renderings?.map(\.requirements)
            else { throw .changed(route.path) }
            routes[position] = route
        }
        return GateTable(routes: routes, positions: positions, runsScripts: runsScripts)
    }

    private init(routes: [Route], positions: [PagePath: Int], runsScripts: Bool) {
        self.routes = routes
        self.runsScripts = runsScripts
        self.positions = positions
    }

    private func isSafe(_ redirect: Route, to target: Route?) -> Bool {
        guard let target, target.kind != .redirect else { return false }
        return redirect.access.admitsOnly(thoseOf: target.access)
    }
}

extension [Requirement] {
    fileprivate func firstUnknown(of member: Member) -> Member.Detail? {
        lazy.compactMap { $0.unknown(of: member) }.first
    }
}

extension Route {
    package var access: Access {
        Access(visibility: visibility, requirements: requirements, place: Place(file: source))
    }
}

/// Why a gate table is not to be trusted.
package enum GateTableError: Error, Equatable, CustomStringConvertible {
    case duplicate(PagePath)
    case redirect(PagePath)
    /// What was to take a route's place is for others than that is.
    case changed(PagePath)
    case format(Int)
    case unreadable(String)

    package var description: String {
        switch self {
        case .duplicate(let path): "two routes have the path \(path)"
        case .redirect(let path): "the redirect at \(path) leads nowhere, or to what fewer may see"
        case .changed(let path): "what is at \(path) is for other visitors now"
        case .format(let number):
            "the gate table has format \(number), which this program does not read for such routes"
        case .unreadable(let why): "the gate table cannot be read: \(why)"
        }
    }
}
