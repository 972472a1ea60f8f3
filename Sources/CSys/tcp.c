#define _GNU_SOURCE
#include "address.h"
#include "csys_socket.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_socket(int descriptor, csys_address peer) {
    if (descriptor < 0) return -errno;
    struct sockaddr_storage storage;
    socklen_t length = csys_to_sockaddr(peer, &storage);
    if (connect(descriptor, (struct sockaddr *)&storage, length) == 0 || errno == EINPROGRESS) return descriptor;
    int error = errno;
    close(descriptor);
    return -error;
}

int csys_udp_connect(csys_address peer) {
    const int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    return connect_socket(socket(peer.is_ipv6 ? AF_INET6 : AF_INET, type, 0), peer);
}

int csys_tcp_connect(csys_address peer) {
    int tcp = socket(peer.is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (tcp < 0) return -errno;
    const int on = 1;
    (void)setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return connect_socket(tcp, peer);
}

int csys_tcp_outcome(int socket) {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &length) < 0) return -errno;
    return -error;
}

int csys_tcp_send(int socket, const uint8_t *bytes, uint32_t count) {
    ssize_t sent;
    do sent = send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? -errno : (int)sent;
}

int csys_tcp_receive(int socket, uint8_t *bytes, uint32_t capacity) {
    ssize_t received;
    do received = recv(socket, bytes, capacity, MSG_DONTWAIT);
    while (received < 0 && errno == EINTR);
    return received < 0 ? -errno : (int)received;
}
