#pragma once
#include <stdint.h>

/// An IPv4 or IPv6 address and a port, in host order; `high` is zero and `low` has 32 bits for IPv4.
typedef struct csys_address {
    uint64_t high, low;
    uint16_t port;
    _Bool is_ipv6;
} csys_address;

typedef struct csys_datagram {
    uint8_t *bytes;
    /// Received: how many octets came. To send: how many to send.
    uint32_t length;
    csys_address peer;
} csys_datagram;

/// What the network or this machine said about a datagram sent earlier.
typedef struct csys_complaint {
    int error;
    /// Where the datagram was going.
    csys_address destination;
    /// Its first two octets, where they are known: a DNS message's ID.
    uint16_t id;
    _Bool has_id;
} csys_complaint;

enum { CSYS_BATCH = 32 };

/// A non-blocking UDP socket on a port of the kernel's random choice (`net.ipv4.ip_local_port_range`), which keeps
/// complaints for `csys_udp_complaint`.
int csys_udp_open(_Bool is_ipv6);
/// Sends up to CSYS_BATCH datagrams, and gives how many went; the error is that of the first one or of an earlier complaint.
int csys_udp_send(int socket, const csys_datagram *datagrams, int count);
/// Receives up to CSYS_BATCH datagrams into buffers of `capacity` octets each; 0 when there is none.
int csys_udp_receive(int socket, csys_datagram *datagrams, int count, uint32_t capacity);
/// Takes one complaint from the socket's error queue: 1, or 0 when it is empty.
int csys_udp_complaint(int socket, csys_complaint *complaint);

/// A non-blocking UDP socket, on a port of the kernel's random choice, that takes datagrams from `peer` alone. They are
/// sent and received like the octets of TCP.
int csys_udp_connect(csys_address peer);

/// A non-blocking socket that sends ICMP echo requests to `peer` and takes its replies; -EACCES where the kernel does not
/// let this program's group ping.
int csys_icmp_connect(csys_address peer);

/// A non-blocking socket with that address and port, or a free one for port 0: a TCP socket that listens, or a UDP one.
int csys_bind(csys_address address, _Bool listens);
uint16_t csys_local_port(int socket);
/// The next connection, non-blocking; -EAGAIN when there is none.
int csys_tcp_accept(int listener);

/// A non-blocking TCP socket that is connecting to `peer`.
int csys_tcp_connect(csys_address peer);
/// How connecting ended: 0 or -errno.
int csys_tcp_outcome(int socket);
/// Gives how many octets went; never raises SIGPIPE.
int csys_tcp_send(int socket, const uint8_t *bytes, uint32_t count);
/// Gives how many octets came, 0 at the end.
int csys_tcp_receive(int socket, uint8_t *bytes, uint32_t capacity);

/// Whether this machine has a route to an address. Nothing is sent: connecting a datagram socket only looks the route up.
_Bool csys_has_route(csys_address address);
