import Ground
import Yams

/// Turns Yams' nodes into values, and notes what is not read here.
struct YAMLNodes {
    /// How deep tables and lists may lie in one another.
    ///
    /// Yams recurses before they are counted here; libyaml ends that at a thousand.
    private static let deepest = 100

    private let source: YAMLSource
    private var depth = 0
    private(set) var problems: [Diagnostic] = []

    init(source: YAMLSource) { self.source = source }

    /// Parses the source; nil where it has no content; throws `YamlError`.
    mutating func root() throws -> YAMLValue? {
        // Yams would look at each value with regular expressions unless it is told of no tags.
        let parser = try Parser(yaml: source.text, resolver: .basic, encoding: .utf8)
        guard let node = try parser.singleRoot() else { return nil }
        // A node's anchor is gone once its parser is.
        return withExtendedLifetime(parser) { value(node) }
    }
}

extension YAMLNodes {
    private mutating func value(_ node: Node) -> YAMLValue {
        let place = source.place(node.mark)
        // An alias is its anchor's node once more, so stopping here also stops a text from growing as it is read.
        if node.anchor != nil {
            problems.append(
                Diagnostic(
                    at: place,
                    "anchors and aliases ('&name', '*name') are not read here",
                    advice: "write the value out at each place, or put it in quotes where it is a text"
                )
            )
            return YAMLValue(.nothing, at: place)
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            problems.append(
                Diagnostic(
                    at: place,
                    "lists and tables are nested too deeply",
                    advice: "at most \(Self.deepest) deep"
                )
            )
            return YAMLValue(.nothing, at: place)
        }
        switch node {
        case .scalar(let scalar): return YAMLValue(Self.content(scalar), at: place)
        case .sequence(let nodes): return YAMLValue(.list(nodes.map { value($0) }), at: place)
        case .mapping(let pairs):
            return YAMLValue(.table(pairs.compactMap { entry($0, $1) }), at: place)
        case .alias: return YAMLValue(.nothing, at: place)
        }
    }

    private mutating func entry(_ key: Node, _ value: Node) -> YAMLEntry? {
        let place = source.place(key.mark)
        guard case .scalar(let scalar) = key, key.anchor == nil else {
            problems.append(Diagnostic(at: place, "a key must be a plain word"))
            return nil
        }
        if YAMLSource.isMask(scalar.string) { return nil }
        return YAMLEntry(key: scalar.string, place: place, value: self.value(value))
    }

    private static func content(_ scalar: Node.Scalar) -> YAMLValue.Content {
        let isQuoted = scalar.style != .plain
        if !isQuoted, ["", "~", "null"].contains(scalar.string) { return .nothing }
        return .scalar(scalar.string, isQuoted: isQuoted)
    }
}
