import Ground

/// Who includes whom: finds partials that are missing and inclusions that would never end.
struct TemplateGraph {
    private let templates: [Template]
    private let known: Set<String>
    private let edges: [Node: [Edge]]

    init(_ templates: [Template]) {
        self.templates = templates
        known = Set(templates.map(\.name))
        edges = Self.edges(of: templates)
    }

    var problems: [Diagnostic] {
        let found = missing + cycles
        // What never ends cannot be counted.
        return found.isEmpty ? found + swollen : found
    }

    /// How many inclusions one template may come to: each may include others twice.
    private static let most = 100_000
}

extension TemplateGraph {
    private enum Node: Hashable {
        case template(String)
        /// `{{$name}}`: what fills it may be written in any template, so all fillings count as one.
        case block(String)
    }

    private struct Edge {
        let target: Node
        let tag: TemplateTag
    }

    private var missing: [Diagnostic] {
        templates.flatMap(\.tags).filter { $0.kind == .partial || $0.kind == .parent }
            .filter { !known.contains($0.name) }
            .map { tag in
                Diagnostic(
                    at: tag.place,
                    "there is no partial '\(tag.name)'",
                    advice: Suggestion.advice(for: tag.name, among: known)
                )
            }
    }

    private static func edges(of templates: [Template]) -> [Node: [Edge]] {
        var edges: [Node: [Edge]] = [:]
        for template in templates {
            // The blocks around the tag, and the template itself, all lead to what the tag names.
            var around: [TemplateTag] = []
            for tag in template.tags {
                if tag.kind == .end { _ = around.popLast() }
                if let target = target(of: tag) {
                    let sources = [Node.template(template.name)] + around.compactMap(Self.block)
                    for source in sources {
                        edges[source, default: []].append(Edge(target: target, tag: tag))
                    }
                }
                if tag.opens { around.append(tag) }
            }
        }
        return edges
    }

    private static func target(of tag: TemplateTag) -> Node? {
        switch tag.kind {
        case .partial, .parent: .template(tag.name)
        case .block: .block(tag.name)
        default: nil
        }
    }

    private static func block(_ tag: TemplateTag) -> Node? {
        tag.kind == .block ? .block(tag.name) : nil
    }

    /// Depth first; an edge back into the path that is being walked closes a circle.
    private var cycles: [Diagnostic] {
        var done: Set<Node> = []
        var walking: Set<Node> = []
        var found: [Diagnostic] = []
        func walk(_ node: Node) {
            guard walking.insert(node).inserted else { return }
            for edge in edges[node] ?? [] where !done.contains(edge.target) {
                if walking.contains(edge.target) {
                    found.append(
                        Diagnostic(
                            at: edge.tag.place,
                            "'\(edge.tag.text)' includes itself, and would never end"
                        )
                    )
                } else {
                    walk(edge.target)
                }
            }
            walking.remove(node)
            done.insert(node)
        }
        for template in templates { walk(.template(template.name)) }
        return found
    }

    /// Templates whose inclusions, all told, are more than any page needs.
    private var swollen: [Diagnostic] {
        var counts: [Node: Int] = [:]
        func count(_ node: Node) -> Int {
            if let known = counts[node] { return known }
            let sum = (edges[node] ?? []).reduce(1) { min($0 + count($1.target), Self.most + 1) }
            counts[node] = sum
            return sum
        }
        return templates.compactMap { template in
            let node = Node.template(template.name)
            // Those that include this one have no other mistake.
            guard count(node) > Self.most, let edges = edges[node],
                edges.allSatisfy({ count($0.target) <= Self.most }), let edge = edges.first
            else { return nil }
            return Diagnostic(
                at: edge.tag.place,
                "'\(edge.tag.text)' comes to more than \(Self.most) inclusions",
                advice: "partials that include each other twice and more make pages without end"
            )
        }
    }
}
