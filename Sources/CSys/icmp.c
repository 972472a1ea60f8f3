#define _GNU_SOURCE
#include "address.h"
#include "csys_socket.h"
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int csys_icmp_connect(csys_address peer) {
    const int type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    int icmp = peer.is_ipv6 ? socket(AF_INET6, type, IPPROTO_ICMPV6) : socket(AF_INET, type, IPPROTO_ICMP);
    if (icmp < 0) return -errno;
    struct sockaddr_storage storage;
    peer.port = 0;
    socklen_t length = csys_to_sockaddr(peer, &storage);
    if (connect(icmp, (struct sockaddr *)&storage, length) == 0) return icmp;
    int error = errno;
    close(icmp);
    return -error;
}
