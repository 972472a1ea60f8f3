#define _GNU_SOURCE
#include "address.h"
#include "csys_socket.h"
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int csys_bind(csys_address address, _Bool listens) {
    const int type = (listens ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
    int descriptor = socket(address.is_ipv6 ? AF_INET6 : AF_INET, type, 0);
    if (descriptor < 0) return -errno;
    const int on = 1;
    // Connections of a server that ran here a minute ago are no reason to refuse; with UDP it would share the port.
    if (listens) (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_storage storage;
    socklen_t length = csys_to_sockaddr(address, &storage);
    if (bind(descriptor, (struct sockaddr *)&storage, length) == 0 && (!listens || listen(descriptor, 128) == 0))
        return descriptor;
    int error = errno;
    close(descriptor);
    return -error;
}

uint16_t csys_local_port(int descriptor) {
    struct sockaddr_storage storage = {0};
    socklen_t length = sizeof storage;
    if (getsockname(descriptor, (struct sockaddr *)&storage, &length) != 0) return 0;
    return csys_from_sockaddr((struct sockaddr *)&storage).port;
}

int csys_tcp_accept(int listener) {
    int descriptor;
    do descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    while (descriptor < 0 && errno == EINTR);
    return descriptor < 0 ? -errno : descriptor;
}
