#include "arena.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_WATCHED
#endif
#endif

// A chunk is enough for nearly every page, so that a thread keeps one for all of them.
#ifdef IS_WATCHED
// The sanitizer sees only what malloc gave.
enum { CHUNK = 256 * 1024, LARGE = 0, ALIGNMENT = 16 };
#else
enum { CHUNK = 256 * 1024, LARGE = 16 * 1024, ALIGNMENT = 16 };
#endif

typedef struct chunk {
    struct chunk *before;
    _Alignas(ALIGNMENT) unsigned char bytes[];
} chunk;

/// In front of each piece: its size, and where it is from.
typedef struct header {
    size_t size;
    size_t is_large;
} header;

typedef struct arena {
    chunk *last;
    size_t used;
    int lives;
} arena;

static _Thread_local arena own;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void give_back(chunk *chunk) {
    while (chunk) {
        struct chunk *before = chunk->before;
        free(chunk);
        chunk = before;
    }
}

static void thread_ends(void *chunk) {
    give_back(chunk);
    own.last = NULL;
}

static void make_key(void) { pthread_key_create(&key, thread_ends); }

// Out of memory there is nothing that a parser could still do; libcmark's own allocator ends the program, too.
static void *demand(void *memory) {
    if (!memory) abort();
    return memory;
}

static header *small(size_t size) {
    size_t room = (sizeof(header) + size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!own.last || own.used + room > CHUNK) {
        chunk *next = demand(malloc(sizeof(chunk) + CHUNK));
        next->before = own.last;
        own.last = next;
        own.used = 0;
        pthread_once(&once, make_key);
        pthread_setspecific(key, next);
    }
    header *piece = (header *)(own.last->bytes + own.used);
    own.used += room;
    piece->size = room - sizeof(header);
    piece->is_large = 0;
    return piece;
}

void *gatehouse_arena_calloc(size_t count, size_t size) {
    size_t total;
    if (__builtin_mul_overflow(count, size, &total) || total > SIZE_MAX - 2 * sizeof(header)) abort();
    if (total > LARGE || own.lives == 0) {
        header *piece = demand(calloc(1, sizeof(header) + total));
        piece->size = total;
        piece->is_large = 1;
        return piece + 1;
    }
    header *piece = small(total);
    memset(piece + 1, 0, piece->size);
    return piece + 1;
}

void *gatehouse_arena_realloc(void *memory, size_t size) {
    if (size > SIZE_MAX - 2 * sizeof(header)) abort();
    header *piece = memory ? (header *)memory - 1 : NULL;
    if (piece && piece->is_large) {
        piece = demand(realloc(piece, sizeof(header) + size));
        piece->size = size;
        return piece + 1;
    }
    if (piece && size <= piece->size) return memory;
    header *larger;
    if (size > LARGE || own.lives == 0) {
        larger = demand(malloc(sizeof(header) + size));
        larger->size = size;
        larger->is_large = 1;
    } else {
        larger = small(size);
    }
    if (piece) memcpy(larger + 1, memory, piece->size);
    return larger + 1;
}

void gatehouse_arena_free(void *memory) {
    if (!memory) return;
    header *piece = (header *)memory - 1;
    if (piece->is_large) free(piece);
}

void gatehouse_arena_enter(void) { own.lives += 1; }

void gatehouse_arena_leave(void) {
    own.lives -= 1;
    if (own.lives > 0 || !own.last) return;
    give_back(own.last->before);
    own.last->before = NULL;
    own.used = 0;
}
