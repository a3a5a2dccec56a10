import Ground

/// A table while it grows, since a later header may add to it.
final class TOMLNode {
    enum Content {
        case value(YAMLValue)
        case table
        case tables([TOMLNode])
    }

    var content: Content
    let place: Place
    /// In the order of the file.
    var keys: [(key: String, place: Place)] = []
    var children: [String: TOMLNode] = [:]
    /// Named by a header of its own, or by dotted keys, and so not to be named by a header again.
    var isClosed = false

    init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    func add(_ child: TOMLNode, as key: String, at place: Place) {
        keys.append((key, place))
        children[key] = child
    }

    var value: YAMLValue {
        switch content {
        case .value(let value): return value
        case .tables(let nodes): return YAMLValue(.list(nodes.map(\.value)), at: place)
        case .table:
            let entries = keys.compactMap { key, place in
                children[key].map { YAMLEntry(key: key, place: place, value: $0.value) }
            }
            return YAMLValue(.table(entries), at: place)
        }
    }
}
