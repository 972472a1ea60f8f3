#define _GNU_SOURCE
#include "csys_poll.h"
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

_Static_assert(CSYS_READABLE == (int)EPOLLIN && CSYS_WRITABLE == (int)EPOLLOUT, "epoll's own bits");
_Static_assert(CSYS_FAILED == (int)EPOLLERR && CSYS_CLOSED == (int)EPOLLHUP, "epoll's own bits");

enum { EVENTS = 64 };

int csys_poll_open(void) {
    int poll = epoll_create1(EPOLL_CLOEXEC);
    return poll < 0 ? -errno : poll;
}

int csys_poll_set(int poll, int descriptor, uint32_t interest, uint64_t token, _Bool is_new) {
    struct epoll_event event = {.events = interest, .data.u64 = token};
    int result = epoll_ctl(poll, is_new ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    return result < 0 ? -errno : 0;
}

void csys_poll_remove(int poll, int descriptor) {
    // Fails only when it is not watched, which is what is wanted.
    (void)epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, NULL);
}

static int wait_in_milliseconds(int poll, struct epoll_event *events, int capacity, int64_t timeout) {
    // Rounded up: a timer must not be early, or the loop spins until it is due.
    int64_t milliseconds = timeout < 0 ? -1 : timeout / 1000000 + (timeout % 1000000 > 0);
    return epoll_wait(poll, events, capacity, milliseconds > INT_MAX ? INT_MAX : (int)milliseconds);
}

static int wait_in_nanoseconds(int poll, struct epoll_event *events, int capacity, int64_t timeout) {
    // Kernels before 5.11 and some sandboxes lack epoll_pwait2.
    static atomic_bool is_missing;
    if (atomic_load_explicit(&is_missing, memory_order_relaxed))
        return wait_in_milliseconds(poll, events, capacity, timeout);
    struct timespec limit = {.tv_sec = timeout / 1000000000, .tv_nsec = timeout % 1000000000};
    int count = epoll_pwait2(poll, events, capacity, timeout < 0 ? NULL : &limit, NULL);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return count;
    atomic_store_explicit(&is_missing, 1, memory_order_relaxed);
    return wait_in_milliseconds(poll, events, capacity, timeout);
}

int csys_poll_wait(int poll, csys_event *events, int capacity, int64_t timeout) {
    struct epoll_event ready[EVENTS];
    int count = wait_in_nanoseconds(poll, ready, capacity < EVENTS ? capacity : EVENTS, timeout);
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) events[i] = (csys_event){ready[i].data.u64, ready[i].events};
    return count;
}

int csys_signal_open(void) {
    int signal = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return signal < 0 ? -errno : signal;
}

void csys_signal_send(int signal) {
    uint64_t one = 1;
    // Fails only when the count is at its limit, and then the signal is pending anyway.
    (void)!write(signal, &one, sizeof one);
}

void csys_signal_clear(int signal) {
    uint64_t count;
    (void)!read(signal, &count, sizeof count);
}
