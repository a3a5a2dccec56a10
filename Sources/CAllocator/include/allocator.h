#ifndef GATEHOUSE_ALLOCATOR_H
#define GATEHOUSE_ALLOCATOR_H

/// For a process that soon ends: what it frees is kept for what it asks for next, and not given back to the system.
///
/// jemalloc gives memory back for as long as nobody has asked for it in the last seconds, and a build of many pages then takes
/// it anew. Does nothing where another allocator is linked.
void gatehouse_keep_freed_memory(void);

#endif
