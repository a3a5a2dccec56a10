#ifndef GATEHOUSE_FOLDERS_H
#define GATEHOUSE_FOLDERS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// Fills a buffer with entries of an open folder (getdents64(2)); their bytes, 0 at the end, -1 with `errno`.
///
/// glibc hides its own function from Swift, and the system call takes variable arguments, which Swift cannot pass.
static inline ssize_t gatehouse_entries(int folder, void *buffer, size_t size) {
    return syscall(SYS_getdents64, folder, buffer, size);
}

#endif
