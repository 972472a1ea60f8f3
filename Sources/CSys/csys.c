#define _GNU_SOURCE
#include "csys.h"
#include <errno.h>
#include <malloc.h>
#include <sys/random.h>
#include <time.h>

uint64_t csys_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

_Bool csys_random(void *bytes, uint32_t count) {
    uint8_t *next = bytes;
    while (count > 0) {
        ssize_t got = getrandom(next, count, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        next += got;
        count -= (uint32_t)got;
    }
    return 1;
}

uint64_t csys_heap_in_use(void) {
    struct mallinfo2 heap = mallinfo2();
    return heap.uordblks + heap.hblkhd;
}
