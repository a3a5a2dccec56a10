/// What a node is; the numbers are those of `cmark_node_type` (cmark.h, 0.30).
enum NodeKind: UInt32 {
    case none
    case document
    case blockQuote
    case list
    case item
    case codeBlock
    case htmlBlock
    case customBlock
    case paragraph
    case heading
    case thematicBreak
    case text
    case softBreak
    case lineBreak
    case code
    case htmlInline
    case customInline
    case emphasis
    case strong
    case link
    case image

    /// Whether libcmark never gives such a node children.
    var isLeaf: Bool {
        switch self {
        case .none, .codeBlock, .htmlBlock, .thematicBreak, .text, .softBreak, .lineBreak, .code, .htmlInline:
            true
        default: false
        }
    }

    var isBlock: Bool { rawValue < NodeKind.text.rawValue }
}
