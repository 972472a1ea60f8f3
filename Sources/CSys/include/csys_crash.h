#pragma once
// What a monitoring plugin owes its scheduler: a line and a code even when it dies or hangs.
#include <stddef.h>

/// Makes SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGSYS and SIGABRT write `line` to standard output and end the
/// process with `code`, without a core dump. The line is copied; at most 512 octets of it are kept.
/// Returns 0, or the errno of what failed.
int csys_install_crash_line(const char *line, size_t length, int code);

/// Makes the process write `line` and end with `code` when `milliseconds` have passed. A later call replaces it.
/// Returns 0, or the errno of what failed.
int csys_arm_watchdog(long milliseconds, const char *line, size_t length, int code);

/// Claims the output: 1 for the first that asks, who may write the result; 0 when a handler is writing its line and about
/// to end the process. From then on the handlers end the process without a line.
int csys_claim_output(void);
