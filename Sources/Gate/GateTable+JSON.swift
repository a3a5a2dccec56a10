package import FoundationEssentials
import Ground

extension GateTable {
    /// The format of a table with these routes: raised whenever an older server could misread a newer table.
    ///
    /// 1 has pages and assets; 2 also redirects and what expires, which a server of format 1 would go on serving; 3 also pages
    /// of several renderings, of which a server of format 2 would know one, and let anyone keep it; 4 also requirements that a
    /// server of format 3 would take for none.
    static func format(of routes: [Route]) -> Int {
        if routes.contains(where: { !$0.isPlain }) { return 4 }
        if routes.contains(where: { $0.renderings != nil }) { return 3 }
        return routes.contains { $0.kind == .redirect || $0.expires != nil } ? 2 : 1
    }

    /// The bytes of `gate.json`: the same routes give the same bytes.
    package func json() -> Data { Data(GateTableWriter(routes).bytes) }

    /// Reads the bytes of a gate table.
    ///
    /// Anything that is not understood makes the whole table unreadable: a route is never guessed.
    package init(json: Data) throws(GateTableError) {
        let routes = try Self.routes(json)
        for route in routes {
            if let flaw = Self.flaw(of: route) { throw .unreadable("\(flaw) at the route \(route.path)") }
        }
        try self.init(routes)
    }
}

extension GateTable {
    private struct File: Decodable {
        let routes: [Route]
    }

    private struct Head: Decodable {
        let format: Int
    }

    private static func routes(_ json: Data) throws(GateTableError) -> [Route] {
        if let routes = json.withUnsafeBytes({
            GateTableReader.routes($0.assumingMemoryBound(to: UInt8.self))
        }) {
            return routes
        }
        // The format first: what is of a later one may not be readable at all.
        let format: Int
        let routes: [Route]
        do {
            format = try JSONDecoder().decode(Head.self, from: json).format
            guard (1...4).contains(format) else { throw GateTableError.format(format) }
            routes = try JSONDecoder().decode(File.self, from: json).routes
        } catch let error as GateTableError {
            throw error
        } catch {
            throw .unreadable("\(error)")
        }
        guard format == Self.format(of: routes) else { throw .format(format) }
        return routes
    }

    /// What no builder would have written: the file, the digest and the media type end in a path and in headers.
    private static func flaw(of route: Route) -> String? {
        if let flaw = accessFlaw(of: route) ?? renderingFlaw(of: route) { return flaw }
        if route.kind == .redirect || route.target != nil { return redirectFlaw(of: route) }
        if !isSafe(route.file) { return "no file of a release" }
        if route.length < 0 { return "a negative length" }
        if !isDigest(route.digest) { return "no digest" }
        if let flaw = (route.twins ?? []).lazy.compactMap(flaw(of:)).first { return flaw }
        if route.mediaType.isEmpty || !route.mediaType.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) {
            return "no media type"
        }
        return nil
    }

    private static func flaw(of twin: Twin) -> String? {
        if !isSafe(twin.file) { return "a twin that is no file of a release" }
        if twin.length < 0 { return "a twin of negative length" }
        return isDigest(twin.digest) ? nil : "a twin without digest"
    }

    private static func redirectFlaw(of route: Route) -> String? {
        if route.kind != .redirect || route.target == nil { return "half a redirect" }
        let isBare =
            [route.file, route.digest, route.mediaType].allSatisfy(\.isEmpty) && route.length == 0
            && route.twins == nil && route.isFingerprinted == nil && route.renderings == nil
        return isBare ? nil : "a redirect with a file"
    }

    private static func accessFlaw(of route: Route) -> String? {
        if route.visibility == .public, !route.requirements.isEmpty { return "public and with requirements" }
        return nil
    }

    /// A rendering for some must ask for more than the page does, and cannot be for whom another is.
    private static func renderingFlaw(of route: Route) -> String? {
        guard let renderings = route.renderings else { return nil }
        if route.kind != .page || renderings.isEmpty { return "renderings of what has none" }
        var seen: Set<Set<Requirement>> = []
        for rendering in renderings {
            let isStricter =
                route.visibility == .public
                || (rendering.requirements.implies(route.requirements)
                    && !route.requirements.implies(rendering.requirements))
            guard isStricter, seen.insert(Set(rendering.requirements)).inserted else {
                return "a rendering for nobody in particular"
            }
            if !isSafe(rendering.file) { return "a rendering that is no file of a release" }
            if rendering.length < 0 || !isDigest(rendering.digest) { return "a rendering without its bytes" }
            if let flaw = (rendering.twins ?? []).lazy.compactMap(flaw(of:)).first { return flaw }
        }
        return nil
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// A table that was tampered with must not lead out of its tree.
    private static func isSafe(_ file: String) -> Bool {
        !file.isEmpty
            && file.split(separator: "/", omittingEmptySubsequences: false)
                .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
            && !file.utf8.contains(0)
    }
}

extension Route {
    /// Whether a server of format 3 could judge it.
    fileprivate var isPlain: Bool {
        requirements.allSatisfy(\.isPlain)
            && (renderings?.allSatisfy { $0.requirements.allSatisfy(\.isPlain) } ?? true)
    }
}
