#define _GNU_SOURCE
#include "csys_file.h"
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static _Bool write_all(int descriptor, const uint8_t *bytes, uint64_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return 0;
        bytes += written;
        count -= (uint64_t)written;
    }
    return 1;
}

int csys_memory_file(const uint8_t *bytes, uint64_t count) {
    int file = memfd_create("dnsconverge", MFD_CLOEXEC);
    if (file < 0) return -errno;
    if (write_all(file, bytes, count) && lseek(file, 0, SEEK_SET) == 0) return file;
    int error = errno;
    close(file);
    return -error;
}

uint64_t csys_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : before;
}

int csys_signal_group(int group, int signal_number) {
    return kill(-group, signal_number) == 0 ? 0 : -errno;
}
