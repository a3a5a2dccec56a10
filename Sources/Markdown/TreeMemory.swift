internal import CArena
internal import CCmark

/// Where libcmark takes the nodes of a tree from, and all that is made for one: it may give back with one node's memory what
/// it took with another's.
enum TreeMemory {
    /// Read by every thread and changed by none; it is never freed.
    nonisolated(unsafe) static let shared: UnsafeMutablePointer<cmark_mem> = {
        let memory = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
        memory.initialize(
            to: cmark_mem(
                calloc: gatehouse_arena_calloc,
                realloc: gatehouse_arena_realloc,
                free: gatehouse_arena_free
            )
        )
        return memory
    }()
}
