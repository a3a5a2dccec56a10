#ifndef GATEHOUSE_ARENA_H
#define GATEHOUSE_ARENA_H

#include <stddef.h>

/// Memory for the thousands of small pieces of one tree, which all go at once.
///
/// Each thread has an arena of its own, so nobody waits for a lock, and giving a small piece back costs nothing. Pieces that
/// are large come from malloc and go back to it. What was taken must be given back, or forgotten, on the same thread, before
/// the last `gatehouse_arena_leave`.
void *gatehouse_arena_calloc(size_t count, size_t size);
void *gatehouse_arena_realloc(void *piece, size_t size);
void gatehouse_arena_free(void *piece);

/// Around the life of whatever lives in the arena; they may be nested. With the last one everything small is gone.
void gatehouse_arena_enter(void);
void gatehouse_arena_leave(void);

#endif
