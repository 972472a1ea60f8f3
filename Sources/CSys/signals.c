#define _GNU_SOURCE
#include "csys_signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <unistd.h>

static int ends[2] = {-1, -1};

static void divert(int signal_number) {
    int kept = errno;
    uint8_t octet = (uint8_t)signal_number;
    // A full pipe already holds more signals than anybody waits for.
    ssize_t written = write(ends[1], &octet, 1);
    (void)written;
    errno = kept;
}

int csys_signal_pipe(void) {
    if (ends[0] < 0 && pipe2(ends, O_CLOEXEC) != 0) return -errno;
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) return -errno;
    return ends[0];
}

int csys_divert_signal(int signal_number) {
    struct sigaction before, action = {.sa_handler = divert, .sa_flags = SA_RESTART};
    int pipe = csys_signal_pipe();
    if (pipe < 0) return -pipe;
    sigemptyset(&action.sa_mask);
    if (sigaction(signal_number, NULL, &before) != 0) return errno;
    if (before.sa_handler == SIG_IGN) return 0;
    return sigaction(signal_number, &action, NULL) == 0 ? 0 : errno;
}
