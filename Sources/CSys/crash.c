#include "csys_crash.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

// Only async-signal-safe functions below the handlers (signal-safety(7)): write and _exit.

struct last_line {
    char text[512];
    size_t length;
    int code;
};

static struct last_line crash_line;
static struct last_line watchdog_line;
// Only one of them writes: the program its result, the first thread that crashes, or the watchdog.
static atomic_flag is_written = ATOMIC_FLAG_INIT;

static void keep(struct last_line *kept, const char *line, size_t length, int code) {
    kept->length = length < sizeof kept->text ? length : sizeof kept->text;
    memcpy(kept->text, line, kept->length);
    kept->code = code;
}

static void write_line(const struct last_line *line) {
    const char *rest = line->text;
    size_t left = line->length;
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, rest, left);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        rest += written;
        left -= (size_t)written;
    }
}

static void crashed(int signal_number) {
    (void)signal_number;
    if (!atomic_flag_test_and_set(&is_written)) write_line(&crash_line);
    _exit(crash_line.code);
}

static void timed_out(int signal_number) {
    (void)signal_number;
    // Once the result is written, its own code is the one to end with.
    if (atomic_flag_test_and_set(&is_written)) return;
    write_line(&watchdog_line);
    _exit(watchdog_line.code);
}

int csys_install_crash_line(const char *line, size_t length, int code) {
    // A stack of its own, so that an overflow of the main thread's can be told too.
    static char stack[65536];
    static const int fatal[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGSYS, SIGABRT};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = crashed, .sa_flags = SA_ONSTACK};

    keep(&crash_line, line, length, code);
    if (sigaltstack(&alternate, NULL) != 0) return errno;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        if (sigaction(fatal[i], &action, NULL) != 0) return errno;
    return 0;
}

int csys_arm_watchdog(long milliseconds, const char *line, size_t length, int code) {
    struct sigaction action = {.sa_handler = timed_out, .sa_flags = SA_RESTART};
    struct itimerval timer = {.it_value = {milliseconds / 1000, milliseconds % 1000 * 1000}};

    keep(&watchdog_line, line, length, code);
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0) return errno;
    return setitimer(ITIMER_REAL, &timer, NULL) == 0 ? 0 : errno;
}

int csys_claim_output(void) {
    return !atomic_flag_test_and_set(&is_written);
}
