#define _GNU_SOURCE
#include "address.h"
#include "csys_socket.h"
#include <errno.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bind_any(int socket, _Bool is_ipv6) {
    csys_address any = {.is_ipv6 = is_ipv6};
    struct sockaddr_storage storage;
    socklen_t length = csys_to_sockaddr(any, &storage);
    return bind(socket, (struct sockaddr *)&storage, length);
}

int csys_udp_open(_Bool is_ipv6) {
    int udp = socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (udp < 0) return -errno;
    const int on = 1, buffer = 1 << 22;
    // Best effort: the kernel caps it, and takes memory only for what waits. With 10,000 queries in flight a quarter of it
    // was seen to overflow.
    (void)setsockopt(udp, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    int failed = is_ipv6 ? setsockopt(udp, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on) ||
                               setsockopt(udp, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on)
                         : setsockopt(udp, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
    if (!failed && bind_any(udp, is_ipv6) == 0) return udp;
    int error = errno;
    close(udp);
    return -error;
}

// Whether the kernel cuts one large buffer into datagrams (UDP_SEGMENT, since 4.18) on the routes in use.
static atomic_bool cannot_segment;

typedef struct outgoing {
    struct mmsghdr headers[CSYS_BATCH];
    struct iovec parts[CSYS_BATCH];
    struct sockaddr_storage peers[CSYS_BATCH];
    char controls[CSYS_BATCH][CMSG_SPACE(sizeof(uint16_t))];
    int counts[CSYS_BATCH];
} outgoing;

static _Bool go_together(const csys_datagram *a, const csys_datagram *b) {
    return a->length == b->length && a->peer.low == b->peer.low && a->peer.high == b->peer.high &&
           a->peer.port == b->peer.port;
}

static void set_segment_size(struct msghdr *header, char *control, uint16_t size) {
    header->msg_control = control;
    header->msg_controllen = CMSG_SPACE(sizeof size);
    struct cmsghdr *part = CMSG_FIRSTHDR(header);
    part->cmsg_level = SOL_UDP;
    part->cmsg_type = UDP_SEGMENT;
    part->cmsg_len = CMSG_LEN(sizeof size);
    memcpy(CMSG_DATA(part), &size, sizeof size);
}

/// Puts datagrams of one length for one peer that stand together into one message; gives the number of messages.
static int arrange(outgoing *out, const csys_datagram *datagrams, int count) {
    _Bool may_segment = !atomic_load_explicit(&cannot_segment, memory_order_relaxed);
    int messages = 0;
    for (int next = 0; next < count; messages++) {
        int first = next;
        do {
            out->parts[next] = (struct iovec){datagrams[next].bytes, datagrams[next].length};
            next++;
        } while (may_segment && next < count && go_together(&datagrams[first], &datagrams[next]));
        struct msghdr *header = &out->headers[messages].msg_hdr;
        *header = (struct msghdr){.msg_iov = &out->parts[first], .msg_iovlen = (size_t)(next - first)};
        header->msg_name = &out->peers[messages];
        header->msg_namelen = csys_to_sockaddr(datagrams[first].peer, &out->peers[messages]);
        out->counts[messages] = next - first;
        if (next - first > 1)
            set_segment_size(header, out->controls[messages], (uint16_t)datagrams[first].length);
    }
    return messages;
}

int csys_udp_send(int socket, const csys_datagram *datagrams, int count) {
    outgoing out;
    if (count > CSYS_BATCH) count = CSYS_BATCH;
    int messages = arrange(&out, datagrams, count);
    int sent;
    do sent = sendmmsg(socket, out.headers, (unsigned)messages, 0);
    while (sent < 0 && errno == EINTR);
    if (sent < 0 && out.counts[0] > 1 && (errno == EIO || errno == EINVAL)) {
        // A device that cannot, or an old kernel: from now on each datagram goes by itself.
        atomic_store_explicit(&cannot_segment, 1, memory_order_relaxed);
        return csys_udp_send(socket, datagrams, count);
    }
    if (sent < 0) return -errno;
    int total = 0;
    for (int i = 0; i < sent; i++) total += out.counts[i];
    return total;
}

int csys_udp_receive(int socket, csys_datagram *datagrams, int count, uint32_t capacity) {
    struct mmsghdr headers[CSYS_BATCH];
    struct iovec parts[CSYS_BATCH];
    struct sockaddr_in6 peers[CSYS_BATCH];
    if (count > CSYS_BATCH) count = CSYS_BATCH;
    for (int i = 0; i < count; i++) {
        parts[i] = (struct iovec){datagrams[i].bytes, capacity};
        headers[i].msg_hdr = (struct msghdr){
            .msg_iov = &parts[i], .msg_iovlen = 1, .msg_name = &peers[i], .msg_namelen = sizeof peers[i]};
    }
    int received;
    do received = recvmmsg(socket, headers, (unsigned)count, MSG_DONTWAIT, NULL);
    while (received < 0 && errno == EINTR);
    if (received < 0) return errno == EAGAIN ? 0 : -errno;
    for (int i = 0; i < received; i++) {
        datagrams[i].length = headers[i].msg_len;
        datagrams[i].peer = csys_from_sockaddr((struct sockaddr *)&peers[i]);
    }
    return received;
}

static int complaint_error(struct msghdr *message) {
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        _Bool is_ours = (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR) ||
                        (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR);
        if (!is_ours) continue;
        struct sock_extended_err error;
        memcpy(&error, CMSG_DATA(part), sizeof error);
        return (int)error.ee_errno;
    }
    return 0;
}

int csys_udp_complaint(int socket, csys_complaint *complaint) {
    uint8_t id[2];
    uint8_t control[512];
    struct sockaddr_storage peer;
    struct iovec part = {id, sizeof id};
    struct msghdr message;
    ssize_t length;
    do {
        message = (struct msghdr){.msg_iov = &part, .msg_iovlen = 1, .msg_name = &peer, .msg_namelen = sizeof peer,
                                  .msg_control = control, .msg_controllen = sizeof control};
        length = recvmsg(socket, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
    } while (length < 0 && errno == EINTR);
    if (length < 0) return errno == EAGAIN ? 0 : -errno;
    *complaint = (csys_complaint){.has_id = length == sizeof id};
    if (complaint->has_id) complaint->id = (uint16_t)(id[0] << 8 | id[1]);
    // The name of a message on the error queue is where it was going (ip(7)).
    if (message.msg_namelen > 0) complaint->destination = csys_from_sockaddr((struct sockaddr *)&peer);
    complaint->error = complaint_error(&message);
    return 1;
}
