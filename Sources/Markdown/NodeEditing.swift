internal import CCmark

/// Changes of the tree by a pass. A node that is made here belongs to the tree once it is inserted, and is freed with it.
extension Node {
    /// Puts a new text before this node; `column` is where it stands in libcmark's count, or 0.
    func insertText(_ text: some Sequence<UInt8>, column: Int) {
        guard let node = insert(CMARK_NODE_TEXT) else { return }
        node.setLiteral(text)
        node.setColumn(column)
    }

    /// Puts a new text behind this node.
    func insertText(behind text: some Sequence<UInt8>, column: Int) {
        guard let made = cmark_node_new_with_mem(CMARK_NODE_TEXT, TreeMemory.shared) else { return }
        guard cmark_node_insert_after(pointer, made) != 0 else {
            cmark_node_free(made)
            return
        }
        Node(made).setLiteral(text)
        Node(made).setColumn(column)
    }

    /// Puts a new link with a text before this node.
    func insertLink(to url: some Sequence<UInt8>, text: some Sequence<UInt8>, column: Int) {
        guard let link = insert(CMARK_NODE_LINK),
            let words = cmark_node_new_with_mem(CMARK_NODE_TEXT, TreeMemory.shared)
        else { return }
        Self.withCString(url) { _ = cmark_node_set_url(link.pointer, $0) }
        link.setColumn(column)
        Node(words).setLiteral(text)
        if cmark_node_append_child(link.pointer, words) == 0 { cmark_node_free(words) }
    }

    /// Puts a new node before this one that writes the given markup around its children, which are still to be moved.
    func insertMarkup(before: StaticString, after: StaticString) -> Node? {
        guard let node = insert(CMARK_NODE_CUSTOM_INLINE) else { return nil }
        Self.withCString(before) { _ = cmark_node_set_on_enter(node.pointer, $0) }
        Self.withCString(after) { _ = cmark_node_set_on_exit(node.pointer, $0) }
        return node
    }

    func setLiteral(_ text: some Sequence<UInt8>) {
        Self.withCString(text) { _ = cmark_node_set_literal(pointer, $0) }
    }

    /// Moves a node from where it is to the end of this one's children.
    func append(_ child: Node) {
        _ = cmark_node_append_child(pointer, child.pointer)
    }

    /// Takes the node and all below it out of the tree; it must not be used again.
    func remove() {
        cmark_node_free(pointer)
    }
}

extension Node {
    func insert(_ type: cmark_node_type) -> Node? {
        guard let made = cmark_node_new_with_mem(type, TreeMemory.shared) else { return nil }
        guard cmark_node_insert_before(pointer, made) != 0 else {
            cmark_node_free(made)
            return nil
        }
        return Node(made)
    }

    /// libcmark has no setter for columns, so that of a new node travels as its user data; `startColumn` reads it.
    private func setColumn(_ column: Int) {
        guard column > 0 else { return }
        _ = cmark_node_set_user_data(pointer, UnsafeMutableRawPointer(bitPattern: column))
    }

    static func withCString(_ text: some Sequence<UInt8>, _ body: (UnsafePointer<CChar>) -> Void) {
        var bytes = text.map { CChar(bitPattern: $0) }
        bytes.append(0)
        bytes.withUnsafeBufferPointer { if let start = $0.baseAddress { body(start) } }
    }

    private static func withCString(_ text: StaticString, _ body: (UnsafePointer<CChar>) -> Void) {
        text.withUTF8Buffer { withCString($0, body) }
    }
}
