// The wide area network of the test world.
//
// Each node's only way out is a tun device whose descriptor this process holds. A packet is read from its sender's
// device, kept for (rtt(source) + rtt(destination)) / 4, and written to the device of the node that owns the
// destination; so an exchange takes (rtt(A) + rtt(B)) / 2. Loss, silence, cut paths, anycast and interception are
// decided here, per address, and can be changed at any time over a SOCK_SEQPACKET socket:
//
//   node FD                         append a node, numbered from 0
//   addr IP NODE                    NODE owns IP; a second owner makes it anycast, chosen by flow
//   rtt IP MICROSECONDS
//   loss IP off | every N | random PER_MILLION
//   drop IP on|off                  silence: nothing to or from it
//   cut IP IP on|off                the path between two addresses
//   notify IP ZONE|* on|off         lose NOTIFY messages for ZONE (lower case, no dot at the end) to IP
//   divert IP IP|* NODE on|off      port 53 traffic from the first address to the second goes to NODE instead
//   seed N                          of the random losses
//   trace PATH | trace off | sync   record packets of ports 53, 443 and 853; sync flushes the record
//   stats                           counters, one line for each address
//
// usage: wan SOCKET

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { MAX_NODES = 512, MAX_OWNERS = 8, TABLE = 4096, MAX_RULES = 1024, MAX_PACKET = 65536, CLIENTS = 64 };

typedef struct { uint8_t byte[16]; } Address;

typedef struct {
    bool used, silent;
    Address address;
    int owners[MAX_OWNERS], owner_count;
    uint32_t rtt_us;
    uint32_t lose_every, lose_per_million;
    uint64_t passed, lost, out, in;
} Host;

typedef struct { Address a, b; } Cut;
typedef struct { Address to; char zone[256]; } NotifyBlock;
typedef struct { Address from, to; bool any; int node; } Divert;

typedef struct { uint64_t due, order; int node; uint32_t length; uint8_t *bytes; } Flight;

typedef struct {
    Address source, destination;
    uint8_t protocol;
    uint16_t source_port, destination_port;
    const uint8_t *payload;
    size_t payload_length;
} Packet;

// One record of the trace; `length` octets of packet follow it.
typedef struct __attribute__((packed)) {
    uint64_t wall_ns, monotonic_ns;
    uint32_t delay_us;
    uint16_t length;
    int16_t from, to;
    uint8_t lost;
} TraceHeader;

static Host hosts[TABLE];
static int nodes[MAX_NODES], node_count;
static Cut cuts[MAX_RULES];
static NotifyBlock notify_blocks[MAX_RULES];
static Divert diverts[MAX_RULES];
static int cut_count, notify_block_count, divert_count;
static Flight *flights;
static size_t flight_count, flight_room;
static uint64_t next_order, forwarded, lost_total, unrouted, random_state = 0x9e3779b97f4a7c15u;
static FILE *trace;
static int timer;

static uint64_t nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// MARK: Addresses

static bool same(const Address *a, const Address *b) { return memcmp(a, b, sizeof *a) == 0; }

static Address mapped(const uint8_t *ipv4) {
    Address address = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}};
    memcpy(address.byte + 12, ipv4, 4);
    return address;
}

static bool parse_address(const char *text, Address *address) {
    uint8_t ipv4[4];
    if (text && inet_pton(AF_INET, text, ipv4) == 1) return *address = mapped(ipv4), true;
    return text && inet_pton(AF_INET6, text, address->byte) == 1;
}

static const char *address_text(const Address *address, char *text) {
    static const uint8_t prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (memcmp(address->byte, prefix, 12) == 0) return inet_ntop(AF_INET, address->byte + 12, text, INET6_ADDRSTRLEN);
    return inet_ntop(AF_INET6, address->byte, text, INET6_ADDRSTRLEN);
}

static uint32_t mix(const void *bytes, size_t length, uint32_t hash) {
    for (size_t i = 0; i < length; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 16777619u;
    return hash ^ hash >> 15;
}

// The host at an address; made when `create` and the table has room, else NULL.
static Host *host_at(const Address *address, bool create) {
    for (uint32_t i = mix(address, sizeof *address, 2166136261u), tries = 0; tries < TABLE; i++, tries++) {
        Host *host = &hosts[i % TABLE];
        if (host->used && same(&host->address, address)) return host;
        if (host->used) continue;
        if (!create) return NULL;
        host->used = true;
        host->address = *address;
        return host;
    }
    return NULL;
}

// MARK: Reading packets

static uint16_t be16(const uint8_t *bytes) { return (uint16_t)(bytes[0] << 8 | bytes[1]); }

// Addresses, ports and transport payload; false when it is no IP packet of ours (IPv6 extension headers are not read).
static bool parse_packet(const uint8_t *bytes, size_t length, Packet *packet) {
    size_t header;
    if (length >= 20 && bytes[0] >> 4 == 4) {
        header = (size_t)(bytes[0] & 15) * 4;
        packet->source = mapped(bytes + 12);
        packet->destination = mapped(bytes + 16);
        packet->protocol = (be16(bytes + 6) & 0x1fff) ? 0 : bytes[9];
    } else if (length >= 40 && bytes[0] >> 4 == 6) {
        header = 40;
        memcpy(packet->source.byte, bytes + 8, 16);
        memcpy(packet->destination.byte, bytes + 24, 16);
        packet->protocol = bytes[6];
        if (packet->destination.byte[0] == 0xff) return false;
    } else {
        return false;
    }
    packet->source_port = packet->destination_port = 0;
    packet->payload = NULL;
    packet->payload_length = 0;
    size_t transport = packet->protocol == IPPROTO_UDP ? 8 : packet->protocol == IPPROTO_TCP ? 20 : 0;
    if (transport == 0) return true;
    if (length < header + transport) return false;
    packet->source_port = be16(bytes + header);
    packet->destination_port = be16(bytes + header + 2);
    packet->payload = bytes + header + transport;
    packet->payload_length = length - header - transport;
    return true;
}

static bool is_dns_port(uint16_t port) { return port == 53 || port == 853 || port == 443; }

// The zone that a NOTIFY over UDP speaks of, lower case without the last dot; false for anything else.
static bool notified_zone(const Packet *packet, char zone[256]) {
    const uint8_t *message = packet->payload;
    size_t length = packet->payload_length, at = 12, written = 0;
    if (packet->protocol != IPPROTO_UDP || packet->destination_port != 53 || length < 17) return false;
    if ((message[2] & 0xf8) != 4 << 3) return false;
    while (at < length && message[at] != 0) {
        size_t label = message[at++];
        if (label > 63 || at + label > length || written + label + 2 > 256) return false;
        if (written) zone[written++] = '.';
        for (size_t i = 0; i < label; i++, at++) {
            uint8_t octet = message[at];
            zone[written++] = (char)(octet >= 'A' && octet <= 'Z' ? octet + 32 : octet);
        }
    }
    zone[written] = 0;
    return true;
}

// MARK: Deciding

static bool random_loss(uint32_t per_million) {
    random_state ^= random_state << 13, random_state ^= random_state >> 7, random_state ^= random_state << 17;
    return (random_state >> 11) % 1000000u < per_million;
}

static bool host_loses(Host *host) {
    if (!host) return false;
    host->passed++;
    bool loses = host->silent || (host->lose_every && host->passed % host->lose_every == 0)
        || (host->lose_per_million && random_loss(host->lose_per_million));
    host->lost += loses;
    return loses;
}

static bool is_between(const Cut *cut, const Address *a, const Address *b) {
    return (same(&cut->a, a) && same(&cut->b, b)) || (same(&cut->a, b) && same(&cut->b, a));
}

static bool path_loses(const Packet *packet) {
    for (int i = 0; i < cut_count; i++)
        if (is_between(&cuts[i], &packet->source, &packet->destination)) return true;
    char zone[256];
    if (notify_block_count == 0 || !notified_zone(packet, zone)) return false;
    for (int i = 0; i < notify_block_count; i++) {
        const NotifyBlock *block = &notify_blocks[i];
        if (!same(&block->to, &packet->destination)) continue;
        if (strcmp(block->zone, "*") == 0 || strcmp(block->zone, zone) == 0) return true;
    }
    return false;
}

// The node that gets the packet, -1 when nobody owns the destination.
static int receiver(const Packet *packet, const Host *destination) {
    if (packet->destination_port == 53) {
        for (int i = 0; i < divert_count; i++) {
            const Divert *divert = &diverts[i];
            if (!same(&divert->from, &packet->source)) continue;
            if (divert->any || same(&divert->to, &packet->destination)) return divert->node;
        }
    }
    if (!destination || destination->owner_count == 0) return -1;
    if (destination->owner_count == 1) return destination->owners[0];
    uint32_t flow = mix(&packet->source, sizeof packet->source, 2166136261u);
    flow = mix(&packet->source_port, sizeof packet->source_port, flow);
    return destination->owners[mix(&packet->protocol, 1, flow) % (uint32_t)destination->owner_count];
}

static void record(
    const Packet *packet, const uint8_t *bytes, size_t length, uint32_t delay, int from, int to, bool lost
) {
    if (!trace || !(is_dns_port(packet->source_port) || is_dns_port(packet->destination_port))) return;
    TraceHeader header = {
        .wall_ns = nanoseconds(CLOCK_REALTIME), .monotonic_ns = nanoseconds(CLOCK_MONOTONIC), .delay_us = delay,
        .length = (uint16_t)length, .from = (int16_t)from, .to = (int16_t)to, .lost = lost,
    };
    fwrite(&header, sizeof header, 1, trace);
    fwrite(bytes, length, 1, trace);
}

// MARK: Packets in flight: a heap by the time they are due

static bool sooner(const Flight *a, const Flight *b) {
    return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void swap(size_t a, size_t b) {
    Flight kept = flights[a];
    flights[a] = flights[b];
    flights[b] = kept;
}

static void take_off(Flight flight) {
    if (flight_count == flight_room) {
        size_t room = flight_room ? flight_room * 2 : 4096;
        Flight *grown = realloc(flights, room * sizeof *grown);
        if (!grown) return free(flight.bytes);
        flights = grown, flight_room = room;
    }
    flights[flight_count] = flight;
    for (size_t i = flight_count++; i > 0 && sooner(&flights[i], &flights[(i - 1) / 2]); i = (i - 1) / 2)
        swap(i, (i - 1) / 2);
}

static void land(void) {
    Flight flight = flights[0];
    flights[0] = flights[--flight_count];
    for (size_t i = 0;;) {
        size_t least = i, left = 2 * i + 1, right = left + 1;
        if (left < flight_count && sooner(&flights[left], &flights[least])) least = left;
        if (right < flight_count && sooner(&flights[right], &flights[least])) least = right;
        if (least == i) break;
        swap(i, least), i = least;
    }
    if (write(nodes[flight.node], flight.bytes, flight.length) == (ssize_t)flight.length) forwarded++;
    free(flight.bytes);
}

static void land_due(void) {
    while (flight_count && flights[0].due <= nanoseconds(CLOCK_MONOTONIC)) land();
    struct itimerspec when = {0};
    if (flight_count) {
        when.it_value.tv_sec = (time_t)(flights[0].due / 1000000000u);
        when.it_value.tv_nsec = (long)(flights[0].due % 1000000000u);
    }
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void carry(int from, const uint8_t *bytes, size_t length) {
    uint64_t now = nanoseconds(CLOCK_MONOTONIC);
    Packet packet;
    if (!parse_packet(bytes, length, &packet)) return;
    Host *source = host_at(&packet.source, false), *destination = host_at(&packet.destination, false);
    uint32_t delay = ((source ? source->rtt_us : 0) + (destination ? destination->rtt_us : 0)) / 4;
    int to = receiver(&packet, destination);
    // Both hosts are asked, so that each counts what passes it.
    bool source_loses = host_loses(source), destination_loses = host_loses(destination);
    bool lost = source_loses || destination_loses || path_loses(&packet);
    record(&packet, bytes, length, delay, from, to, lost || to < 0);
    if (source) source->out++;
    lost_total += lost;
    if (to < 0) unrouted++;
    if (lost || to < 0) return;
    if (destination) destination->in++;
    Flight flight = {now + delay * 1000ull, next_order++, to, (uint32_t)length, malloc(length)};
    if (!flight.bytes) return;
    memcpy(flight.bytes, bytes, length);
    take_off(flight);
}

// MARK: Control

static int switch_word(const char *word) {
    return word && strcmp(word, "on") == 0 ? 1 : word && strcmp(word, "off") == 0 ? 0 : -1;
}

static const char *set_loss(Host *host, const char *kind, const char *value) {
    host->lose_every = host->lose_per_million = 0;
    host->passed = 0;
    if (kind && strcmp(kind, "off") == 0) return NULL;
    if (!kind || !value) return "loss IP off | every N | random PER_MILLION";
    if (strcmp(kind, "every") == 0) host->lose_every = (uint32_t)strtoul(value, NULL, 10);
    else if (strcmp(kind, "random") == 0) host->lose_per_million = (uint32_t)strtoul(value, NULL, 10);
    else return "no such loss";
    return NULL;
}

static const char *set_cut(const char *a, const char *b, int on) {
    Cut cut;
    if (!parse_address(a, &cut.a) || !parse_address(b, &cut.b) || on < 0) return "cut IP IP on|off";
    for (int i = cut_count - 1; i >= 0; i--)
        if (is_between(&cuts[i], &cut.a, &cut.b)) cuts[i] = cuts[--cut_count];
    if (on && cut_count == MAX_RULES) return "too many cuts";
    if (on) cuts[cut_count++] = cut;
    return NULL;
}

static const char *set_notify(const char *to, const char *zone, int on) {
    NotifyBlock block = {0};
    if (!parse_address(to, &block.to) || !zone || strlen(zone) > 255 || on < 0) return "notify IP ZONE|* on|off";
    strcpy(block.zone, zone);
    for (int i = notify_block_count - 1; i >= 0; i--)
        if (same(&notify_blocks[i].to, &block.to) && strcmp(notify_blocks[i].zone, zone) == 0)
            notify_blocks[i] = notify_blocks[--notify_block_count];
    if (on && notify_block_count == MAX_RULES) return "too many rules";
    if (on) notify_blocks[notify_block_count++] = block;
    return NULL;
}

static const char *set_divert(const char *from, const char *to, const char *node, int on) {
    Divert divert = {.any = to && strcmp(to, "*") == 0, .node = node ? atoi(node) : -1};
    if (!parse_address(from, &divert.from) || (!divert.any && !parse_address(to, &divert.to)) || on < 0
        || divert.node < 0 || divert.node >= node_count) return "divert IP IP|* NODE on|off";
    for (int i = divert_count - 1; i >= 0; i--)
        if (same(&diverts[i].from, &divert.from) && diverts[i].any == divert.any && same(&diverts[i].to, &divert.to))
            diverts[i] = diverts[--divert_count];
    if (on && divert_count == MAX_RULES) return "too many rules";
    if (on) diverts[divert_count++] = divert;
    return NULL;
}

static const char *set_trace(const char *path) {
    if (trace) fclose(trace);
    trace = NULL;
    if (!path || strcmp(path, "off") == 0) return NULL;
    trace = fopen(path, "wbe");
    return trace ? NULL : strerror(errno);
}

static void print_stats(FILE *out) {
    char text[INET6_ADDRSTRLEN];
    fprintf(out, "forwarded %llu lost %llu unrouted %llu flying %zu\n", (unsigned long long)forwarded,
        (unsigned long long)lost_total, (unsigned long long)unrouted, flight_count);
    for (int i = 0; i < TABLE; i++) {
        const Host *host = &hosts[i];
        if (!host->used) continue;
        fprintf(out, "host %s rtt %u silent %d every %u random %u in %llu out %llu lost %llu\n",
            address_text(&host->address, text), host->rtt_us, host->silent, host->lose_every, host->lose_per_million,
            (unsigned long long)host->in, (unsigned long long)host->out, (unsigned long long)host->lost);
    }
    for (int i = 0; i < cut_count; i++) {
        fprintf(out, "cut %s", address_text(&cuts[i].a, text));
        fprintf(out, " %s\n", address_text(&cuts[i].b, text));
    }
    for (int i = 0; i < notify_block_count; i++)
        fprintf(out, "notify %s %s\n", address_text(&notify_blocks[i].to, text), notify_blocks[i].zone);
    for (int i = 0; i < divert_count; i++) {
        fprintf(out, "divert %s", address_text(&diverts[i].from, text));
        fprintf(out, " %s %d\n", diverts[i].any ? "*" : address_text(&diverts[i].to, text), diverts[i].node);
    }
}

static int event_queue;

static void watch(int descriptor, uint64_t tag) {
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = tag};
    epoll_ctl(event_queue, EPOLL_CTL_ADD, descriptor, &event);
}

enum { TAG_TIMER = 1u << 20, TAG_LISTENER = 1u << 21, TAG_CLIENT = 1u << 22 };

static const char *add_node(const char *text) {
    if (!text || node_count == MAX_NODES) return "node FD";
    int descriptor = atoi(text);
    if (fcntl(descriptor, F_SETFL, O_NONBLOCK) < 0) return strerror(errno);
    nodes[node_count] = descriptor;
    watch(descriptor, (uint64_t)node_count++);
    return NULL;
}

// Carries out one line; returns NULL or what was wrong with it.
static const char *obey(char *line, FILE *out) {
    char *word[6] = {0}, *rest = line, *token;
    for (int i = 0; i < 6 && (token = strsep(&rest, " ")); i++) word[i] = token;
    const char *verb = word[0];
    if (strcmp(verb, "node") == 0) return add_node(word[1]);
    if (strcmp(verb, "cut") == 0) return set_cut(word[1], word[2], switch_word(word[3]));
    if (strcmp(verb, "notify") == 0) return set_notify(word[1], word[2], switch_word(word[3]));
    if (strcmp(verb, "divert") == 0) return set_divert(word[1], word[2], word[3], switch_word(word[4]));
    if (strcmp(verb, "trace") == 0) return set_trace(word[1]);
    if (strcmp(verb, "sync") == 0) return trace && fflush(trace) ? strerror(errno) : NULL;
    if (strcmp(verb, "stats") == 0) return print_stats(out), NULL;
    if (strcmp(verb, "seed") == 0) return random_state = strtoull(word[1] ? word[1] : "1", NULL, 10) | 1, NULL;
    Address address;
    if (!parse_address(word[1], &address)) return "not understood";
    Host *host = host_at(&address, true);
    if (!host) return "too many addresses";
    if (strcmp(verb, "rtt") == 0 && word[2]) return host->rtt_us = (uint32_t)strtoul(word[2], NULL, 10), NULL;
    if (strcmp(verb, "loss") == 0) return set_loss(host, word[2], word[3]);
    if (strcmp(verb, "drop") == 0 && switch_word(word[2]) >= 0) return host->silent = switch_word(word[2]), NULL;
    if (strcmp(verb, "addr") == 0 && word[2]) {
        int node = atoi(word[2]);
        if (node < 0 || node >= node_count || host->owner_count == MAX_OWNERS) return "addr IP NODE";
        return host->owners[host->owner_count++] = node, NULL;
    }
    return "not understood";
}

// Answers one message of lines with "ok", or with the first line that failed, after what was asked for.
static void serve(int client) {
    static char message[1 << 18];
    ssize_t length = recv(client, message, sizeof message - 1, 0);
    if (length <= 0) {
        close(client);
        return;
    }
    message[length] = 0;
    char *reply = NULL, *rest = message, *line;
    size_t reply_length = 0;
    FILE *out = open_memstream(&reply, &reply_length);
    if (!out) return;
    const char *wrong = NULL;
    while (!wrong && (line = strsep(&rest, "\n"))) {
        if (!*line) continue;
        char kept[200];
        snprintf(kept, sizeof kept, "%s", line);
        if ((wrong = obey(line, out))) fprintf(out, "error %s: %s\n", kept, wrong);
    }
    if (!wrong) fputs("ok\n", out);
    fclose(out);
    send(client, reply, reply_length, MSG_NOSIGNAL);
    free(reply);
}

static int listen_at(const char *path) {
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof name.sun_path) return errno = ENAMETOOLONG, -1;
    strcpy(name.sun_path, path);
    int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&name, sizeof name) < 0) return -1;
    if (listen(listener, CLIENTS) < 0) return -1;
    return listener;
}

int main(int argc, char **argv) {
    int listener = argc == 2 ? listen_at(argv[1]) : -1;
    if (listener < 0) return perror(argc == 2 ? argv[1] : "usage: wan SOCKET"), 1;
    signal(SIGPIPE, SIG_IGN);
    // Delays should not depend on how busy the machine is; without the right to this, they do a little.
    sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &(struct sched_param){.sched_priority = 1});
    mlockall(MCL_CURRENT);
    event_queue = epoll_create1(EPOLL_CLOEXEC);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    watch(timer, TAG_TIMER);
    watch(listener, TAG_LISTENER);
    static uint8_t bytes[MAX_PACKET];
    for (struct epoll_event events[64];;) {
        int count = epoll_wait(event_queue, events, 64, -1);
        for (int i = 0; i < count; i++) {
            uint64_t tag = events[i].data.u64;
            if (tag == TAG_LISTENER) {
                int client = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
                if (client >= 0) watch(client, TAG_CLIENT | (uint64_t)client);
            } else if (tag & TAG_CLIENT) {
                serve((int)(tag & (TAG_CLIENT - 1)));
            } else if (tag != TAG_TIMER) {
                ssize_t length;
                for (int burst = 0; burst < 64 && (length = read(nodes[tag], bytes, sizeof bytes)) > 0; burst++)
                    carry((int)tag, bytes, (size_t)length);
            }
        }
        land_due();
    }
}
