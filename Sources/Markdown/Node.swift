internal import CCmark
internal import Glibc

/// A node of a tree that libcmark made, borrowed from its `DocumentTree`.
///
/// It is as good as a pointer: it must not outlive the tree, and the bytes that it lends must not outlive the next
/// change of the node.
struct Node: Hashable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    init?(_ pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    var kind: NodeKind { NodeKind(rawValue: cmark_node_get_type(pointer).rawValue) ?? .none }

    var parent: Node? { Node(cmark_node_parent(pointer)) }
    var next: Node? { Node(cmark_node_next(pointer)) }
    var previous: Node? { Node(cmark_node_previous(pointer)) }
    var firstChild: Node? { Node(cmark_node_first_child(pointer)) }
    var lastChild: Node? { Node(cmark_node_last_child(pointer)) }
    var children: [Node] {
        var children: [Node] = []
        var child = firstChild
        while let node = child {
            children.append(node)
            child = node.next
        }
        return children
    }

    /// The text of a text, code or raw HTML node; empty for others.
    var literal: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_literal(pointer)) }
    /// The destination of a link or image.
    var url: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_url(pointer)) }
    /// The title of a link or image; empty where it has none.
    var title: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_title(pointer)) }
    /// What stands behind the opening fence of a code block; empty where nothing does.
    var fenceInfo: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_fence_info(pointer)) }
    /// What a custom node writes before its children.
    var onEnter: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_on_enter(pointer)) }
    /// What a custom node writes after its children.
    var onExit: UnsafeBufferPointer<UInt8> { Self.bytes(cmark_node_get_on_exit(pointer)) }

    var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
    var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
    var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
    var isTightList: Bool { cmark_node_get_list_tight(pointer) != 0 }

    /// Lines and columns as libcmark counts them, or a pass has set them: from 1, columns in bytes, 0 where unknown.
    var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
    var startColumn: Int {
        let column = Int(cmark_node_get_start_column(pointer))
        return column != 0 ? column : Int(bitPattern: cmark_node_get_user_data(pointer))
    }
    var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
    var endColumn: Int { Int(cmark_node_get_end_column(pointer)) }
}

extension Node {
    /// Whether a text was an escape or an entity in the source, so that it never is markup.
    var isEscapedCharacter: Bool {
        let count = literal.count
        return count == 1 && cmark_node_get_start_column(pointer) > 0 && endColumn - startColumn + 1 > count
    }

    /// Lends a C string without its NUL; empty where there is none.
    private static func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
        guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
        let start = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: strlen(text))
    }
}
