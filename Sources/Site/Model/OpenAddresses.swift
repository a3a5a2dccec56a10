import Gate
import Ground

/// The addresses of pages that everyone may see, as links spell them that need no change.
///
/// Most links of a site lead to such a page, and of it nothing needs to be known but that it is there. Here that is one look
/// into a small table, where the page itself would be looked for in half a dozen places of memory. The table holds hashes of 64
/// bits with a key of this process: that a link that leads nowhere has one of them by chance does not happen in practice, and
/// would leave it as its author wrote it.
struct OpenAddresses: Sendable {
    /// Zero where nothing is; half of them at least.
    private var slots: [UInt64]

    init(_ pages: [Page]) {
        var size = 16
        while size < 2 * pages.count { size *= 2 }
        slots = [UInt64](repeating: 0, count: size)
        for page in pages where page.access.visibility == .public && page.path.encoded == page.path.text {
            let hash = Self.hash(page.path.text)
            slots[slot(of: hash)] = hash
        }
    }

    func contains(_ address: String) -> Bool { slots[slot(of: Self.hash(address))] != 0 }

    /// Where a hash is, or would be.
    private func slot(of hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private static func hash(_ address: String) -> UInt64 {
        var address = address
        var hasher = Hasher()
        address.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        return max(1, UInt64(bitPattern: Int64(hasher.finalize())))
    }
}
