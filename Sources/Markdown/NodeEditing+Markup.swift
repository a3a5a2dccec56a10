internal import CCmark

/// Nodes that write markup of ours, made by passes.
extension Node {
    /// Puts an inline before this node that writes the given markup; what it stands for may be moved into it.
    @discardableResult
    func insertInline(markup: String) -> Node? {
        let node = insert(CMARK_NODE_CUSTOM_INLINE)
        node?.setMarkup(before: markup, after: "")
        return node
    }

    /// Puts a text behind this node's last child.
    func append(text: some Sequence<UInt8>) {
        append(CMARK_NODE_TEXT)?.setLiteral(text)
    }

    /// Puts an inline that writes the given markup behind this node's last child.
    func appendInline(markup: String) {
        append(CMARK_NODE_CUSTOM_INLINE)?.setMarkup(before: markup, after: "")
    }

    /// Puts a block before this node that writes the given markup, on lines of its own, around its children.
    func insertBlock(before: String, after: String) -> Node? {
        let node = insert(CMARK_NODE_CUSTOM_BLOCK)
        node?.setMarkup(before: before, after: after)
        return node
    }

    /// Puts a block behind this node's last child that writes the given markup, on lines of its own, around its children.
    func appendBlock(before: String, after: String) -> Node? {
        let node = append(CMARK_NODE_CUSTOM_BLOCK)
        node?.setMarkup(before: before, after: after)
        return node
    }

    /// Moves a node from where it is to before this one.
    func insert(_ node: Node) {
        _ = cmark_node_insert_before(pointer, node.pointer)
    }
}

extension Node {
    private func append(_ type: cmark_node_type) -> Node? {
        guard let made = cmark_node_new_with_mem(type, TreeMemory.shared) else { return nil }
        guard cmark_node_append_child(pointer, made) != 0 else {
            cmark_node_free(made)
            return nil
        }
        return Node(made)
    }

    private func setMarkup(before: String, after: String) {
        Self.withCString(before.utf8) { _ = cmark_node_set_on_enter(pointer, $0) }
        Self.withCString(after.utf8) { _ = cmark_node_set_on_exit(pointer, $0) }
    }
}
