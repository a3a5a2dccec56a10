package import Gate
package import Ground
package import HTTPTypes

/// What is sent of a route: its file as it is, or one of its compressed twins (RFC 9110 §8.4).
///
/// Private pages are sent compressed, too. What makes that dangerous elsewhere (BREACH: the length of the answer gives
/// away a secret when the answer also repeats what a stranger put into the request) needs an answer made for the request;
/// these are static bytes, compressed when the site was built. Pages that the runtime makes, whose forms carry tokens, are
/// never compressed.
package struct Representation: Hashable, Sendable {
    package let route: Route
    /// Nil for the file as it is.
    package let twin: Twin?

    package init(_ route: Route, _ twin: Twin? = nil) {
        self.route = route
        self.twin = twin
    }

    /// The best that the sender of these fields takes: what it weighs most, and among equals the shortest.
    ///
    /// Who takes nothing that there is gets the file as it is, which §12.5.3 prefers to a refusal.
    package init(of route: Route, for fields: HTTPFields) {
        self.init(route, Self.best(of: route.twins ?? [], route.length, for: fields))
    }

    /// All that a route has, in each of its renderings; a redirect has none.
    package static func all(of route: Route) -> [Representation] {
        guard route.kind != .redirect else { return [] }
        return route.readings.flatMap { reading in
            [Representation(reading)] + (reading.twins ?? []).map { Representation(reading, $0) }
        }
    }

    /// Below the tree of the route.
    package var file: String { twin?.file ?? route.file }
    /// In bytes, as they are sent.
    package var length: Int { twin?.length ?? route.length }
    package var digest: String { twin?.digest ?? route.digest }
    package var coding: ContentCoding? { twin?.coding }

    /// The entity tag: strong, and so another one for each coding (§8.8.3.3).
    package var validator: String { "\"\(digest.prefix(32))\"" }
}

extension Representation {
    private static func best(of twins: [Twin], _ length: Int, for fields: HTTPFields) -> Twin? {
        guard !twins.isEmpty, let text = fields[.acceptEncoding] else { return nil }
        let accepted = AcceptEncoding(text)
        var best: (twin: Twin?, weight: Int, length: Int) = (nil, accepted.identityWeight ?? 0, length)
        for twin in twins {
            let weight = accepted.weight(of: twin.coding)
            guard weight > 0, (weight, -twin.length) > (best.weight, -best.length) else { continue }
            best = (twin, weight, twin.length)
        }
        return best.twin
    }
}
