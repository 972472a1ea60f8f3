#pragma once
#include <stdint.h>

/// What a descriptor is watched for, and what has come; both may be combined.
enum { CSYS_READABLE = 1, CSYS_WRITABLE = 4, CSYS_FAILED = 8, CSYS_CLOSED = 16 };

typedef struct csys_event {
    /// The number that the descriptor was registered with.
    uint64_t token;
    uint32_t ready;
} csys_event;

int csys_poll_open(void);
/// Watches `descriptor`, or changes what it is watched for. Closing the descriptor ends that.
int csys_poll_set(int poll, int descriptor, uint32_t interest, uint64_t token, _Bool is_new);
/// No longer watches a descriptor that stays open.
void csys_poll_remove(int poll, int descriptor);
/// Waits for events, at most `timeout` nanoseconds unless it is negative; gives their number.
int csys_poll_wait(int poll, csys_event *events, int capacity, int64_t timeout);

/// A descriptor that becomes readable when another thread signals it.
int csys_signal_open(void);
void csys_signal_send(int signal);
void csys_signal_clear(int signal);
