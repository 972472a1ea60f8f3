#define _GNU_SOURCE
#include "address.h"
#include <endian.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

socklen_t csys_to_sockaddr(csys_address address, struct sockaddr_storage *storage) {
    if (!address.is_ipv6) {
        struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htobe16(address.port)};
        ipv4.sin_addr.s_addr = htobe32((uint32_t)address.low);
        memcpy(storage, &ipv4, sizeof ipv4);
        return sizeof ipv4;
    }
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htobe16(address.port)};
    const uint64_t octets[2] = {htobe64(address.high), htobe64(address.low)};
    memcpy(&ipv6.sin6_addr, octets, sizeof octets);
    memcpy(storage, &ipv6, sizeof ipv6);
    return sizeof ipv6;
}

csys_address csys_from_sockaddr(const struct sockaddr *address) {
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *ipv4 = (const struct sockaddr_in *)address;
        return (csys_address){.low = be32toh(ipv4->sin_addr.s_addr), .port = be16toh(ipv4->sin_port)};
    }
    if (address->sa_family != AF_INET6) return (csys_address){0};
    const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)address;
    uint64_t octets[2];
    memcpy(octets, &ipv6->sin6_addr, sizeof octets);
    return (csys_address){be64toh(octets[0]), be64toh(octets[1]), be16toh(ipv6->sin6_port), 1};
}

_Bool csys_has_route(csys_address address) {
    struct sockaddr_storage storage;
    socklen_t length = csys_to_sockaddr(address, &storage);
    int descriptor = socket(storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return 0;
    _Bool found = connect(descriptor, (const struct sockaddr *)&storage, length) == 0;
    close(descriptor);
    return found;
}
