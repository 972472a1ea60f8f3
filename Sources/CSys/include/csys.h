#pragma once
// The system calls that Glibc's Swift overlay lacks. `_GNU_SOURCE` stays in the .c files: defined here it would change
// types that other C modules export too. Calls give -errno where they fail.
#include <stdint.h>

/// Nanoseconds of the monotonic clock.
uint64_t csys_now(void);
/// Fills `bytes` from the kernel's random generator; false when it cannot.
_Bool csys_random(void *bytes, uint32_t count);
/// How many octets the heap has given out in all threads; for measurements.
uint64_t csys_heap_in_use(void);
