#pragma once
#include <stdint.h>

/// A file without a name that holds `bytes` and is read from its beginning; other programs do not inherit it by accident.
int csys_memory_file(const uint8_t *bytes, uint64_t count);

/// Lets this process open as many descriptors as it is permitted to; gives that number.
uint64_t csys_raise_descriptor_limit(void);

/// Sends a signal to all processes of a group: 0 or -errno.
int csys_signal_group(int group, int signal_number);
