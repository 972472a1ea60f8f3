#pragma once

/// Sends `text` as one datagram to the Unix socket at `path`; one that begins with @ is in the abstract namespace.
/// Returns 0 or -errno.
int csys_notify(const char *path, const char *text);
