#pragma once
// Signals as octets in a pipe. They cannot simply be held back for sigwait(3): while a Swift program runs its async
// main, libdispatch has the main thread wait with every signal admitted.

/// Where the numbers of diverted signals arrive, one octet each: the reading end of a pipe, or -errno.
int csys_signal_pipe(void);

/// Makes a signal write its number to that pipe instead of what it does by default; one that is ignored stays ignored.
/// Returns 0, or the errno of what failed.
int csys_divert_signal(int signal_number);
