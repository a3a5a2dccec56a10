internal import CArena
internal import CCmark

/// A parsed text, whose libcmark tree is freed when this goes out of scope.
struct DocumentTree: ~Copyable {
    /// The document node; it and all below it live as long as this value.
    let root: Node

    /// Parses a text, or returns nil where libcmark gives no tree.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        self.init { Self.feed(text, to: $0) }
    }

    /// Parses two texts of which the second goes on where the first ends.
    init?(_ text: [UInt8], _ rest: UnsafeBufferPointer<UInt8>) {
        self.init { parser in
            text.withUnsafeBufferPointer { Self.feed($0, to: parser) }
            Self.feed(rest, to: parser)
        }
    }

    deinit {
        cmark_node_free(root.pointer)
        gatehouse_arena_leave()
    }
}

extension DocumentTree {
    /// Positions are asked for (`CMARK_OPT_SOURCEPOS`), since without it libcmark does not count the lines inside
    /// code spans and inline HTML.
    private init?(feeding feed: (OpaquePointer) -> Void) {
        gatehouse_arena_enter()
        guard let root = Self.root(feeding: feed) else {
            gatehouse_arena_leave()
            return nil
        }
        self.root = Node(root)
    }

    private static func root(feeding feed: (OpaquePointer) -> Void) -> OpaquePointer? {
        guard let parser = cmark_parser_new_with_mem(CMARK_OPT_SOURCEPOS, TreeMemory.shared) else {
            return nil
        }
        defer { cmark_parser_free(parser) }
        feed(parser)
        return cmark_parser_finish(parser)
    }

    private static func feed(_ text: UnsafeBufferPointer<UInt8>, to parser: OpaquePointer) {
        guard !text.isEmpty else { return }
        text.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
    }
}
