#include "allocator.h"

#include <stddef.h>
#include <sys/types.h>

// jemalloc(3); weak, since only release builds link it.
extern int mallctl(const char *name, void *old, size_t *old_size, void *new, size_t new_size)
    __attribute__((weak));

void gatehouse_keep_freed_memory(void) {
    if (!mallctl) return;
    ssize_t never = -1;
    // The arenas that are still to come, and all that are there (MALLCTL_ARENAS_ALL).
    mallctl("arenas.dirty_decay_ms", NULL, NULL, &never, sizeof never);
    mallctl("arena.4096.dirty_decay_ms", NULL, NULL, &never, sizeof never);
}
