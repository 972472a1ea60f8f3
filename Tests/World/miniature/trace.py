"""Reads the WAN's record of packets as DNS messages: in order, with times, over UDP and TCP."""

import collections
import ipaddress
import json
import struct
import time

from . import dns

HEADER = struct.Struct("<QQIHhhB")  # TraceHeader in wan.c
TRANSPORTS = {53: "tcp", 853: "tls", 443: "https"}
SYN, ACK = 2, 16


def packets(path, awaken=None):
    """Every recorded packet: its header's fields and its octets; a record still being written is left out.

    With `awaken`, which is called before each look for more, it goes on for ever.
    """
    if not path.exists():
        return
    with open(path, "rb") as file:
        octets, at = b"", 0
        while True:
            if awaken:
                awaken()
            octets, at = octets[at:] + file.read(), 0
            while at + HEADER.size <= len(octets):
                wall, monotonic, delay, length, sender, receiver, lost = HEADER.unpack_from(octets, at)
                if at + HEADER.size + length > len(octets):
                    break
                at += HEADER.size
                yield wall, monotonic, delay, sender, receiver, bool(lost), octets[at:at + length]
                at += length
            if not awaken:
                return


def events(recorded, node_names):
    """DNS queries and replies (and, for TCP, TLS and HTTPS, `connect`) in the order in which they entered the WAN.

    `time` and `arrives` are seconds of CLOCK_MONOTONIC, so they compare with the clock of any program on this machine;
    `arrives` is null for a packet that was lost. A message over TCP has the time of its last segment.
    """
    streams = collections.defaultdict(_Stream)
    for wall, monotonic, delay, sender, receiver, lost, octets in recorded:
        segment = _Segment(octets)
        if segment.transport is None:
            continue
        event = {
            "time": monotonic / 1e9, "wall": wall / 1e9, "arrives": None if lost else monotonic / 1e9 + delay / 1e6,
            "lost": lost, "from": _name(node_names, sender), "to": _name(node_names, receiver),
            "src": segment.source, "sport": segment.source_port, "dst": segment.destination,
            "dport": segment.destination_port, "transport": segment.transport,
        }
        if segment.flags & SYN and not segment.flags & ACK:
            yield {**event, "kind": "connect"}
        if segment.transport == "udp":
            messages = [segment.payload]
        elif segment.transport == "tcp" and not lost:
            messages = streams[segment.flow].messages(segment)
        else:
            messages = []
        for message in messages:
            try:
                yield {**event, **_described(dns.Message(message)), "size": len(message)}
            except dns.Malformed as error:
                yield {**event, "kind": "malformed", "error": str(error), "size": len(message)}


def _name(names, number):
    return names[number] if 0 <= number < len(names) else None


def _described(message):
    return {
        "kind": "reply" if message.is_reply else "query", "id": message.id,
        "opcode": dns.OPCODES.get(message.opcode, str(message.opcode)), "qname": message.name,
        "qtype": dns.type_name(message.type), "rcode": message.rcode if message.is_reply else None,
        "aa": message.aa, "tc": message.tc, "rd": message.rd, "ra": message.ra, "cd": message.cd,
        "answers": [list(answer) for answer in message.answers],
    }


class _Segment:
    """The transport layer of one packet."""

    def __init__(self, octets):
        self.transport, self.flags, self.payload = None, 0, b""
        if octets[0] >> 4 == 4:
            header, protocol, addresses = (octets[0] & 15) * 4, octets[9], (octets[12:16], octets[16:20])
        else:
            header, protocol, addresses = 40, octets[6], (octets[8:24], octets[24:40])
        self.source, self.destination = (str(ipaddress.ip_address(address)) for address in addresses)
        if protocol not in (6, 17):
            return
        self.source_port, self.destination_port = struct.unpack_from("!2H", octets, header)
        server_port = min(self.source_port, self.destination_port)
        if protocol == 17:
            self.transport, self.payload = "udp", octets[header + 8:]
        else:
            self.transport = TRANSPORTS.get(server_port, "tcp")
            self.sequence = struct.unpack_from("!I", octets, header + 4)[0]
            self.flags = octets[header + 13]
            self.payload = octets[header + (octets[header + 12] >> 4) * 4:]
        self.flow = (self.source, self.source_port, self.destination, self.destination_port)


class _Stream:
    """One direction of a TCP connection: puts segments in order and cuts messages out by their length prefix."""

    def __init__(self):
        self.expected, self.waiting, self.octets = None, {}, b""

    def messages(self, segment):
        if segment.flags & SYN:
            self.__init__()
            self.expected = segment.sequence + 1 & 0xFFFFFFFF
            return []
        if self.expected is None:
            self.expected = segment.sequence
        if segment.payload:
            self.waiting[segment.sequence] = segment.payload
        while (payload := self.waiting.pop(self.expected, None)) is not None:
            self.octets += payload
            self.expected = self.expected + len(payload) & 0xFFFFFFFF
        found = []
        while len(self.octets) >= 2 and len(self.octets) >= 2 + (length := int.from_bytes(self.octets[:2], "big")):
            found.append(self.octets[2:2 + length])
            self.octets = self.octets[2 + length:]
        return found


def line(event, since):
    """One event for people, `since` seconds on the clock of `time`."""
    if event["lost"]:
        way = "lost"
    else:
        way = f"+{(event['arrives'] - event['time']) * 1000:.1f} ms"
    source, destination = (f"{event[node] or '?'} {event[address]}#{event[port]}" for node, address, port in
                           (("from", "src", "sport"), ("to", "dst", "dport")))
    text = f"{event['time'] - since:10.6f}  {source} > {destination}  {event['transport']} {way}  {event['kind']}"
    if "id" not in event:
        return text
    flags = " ".join(flag for flag in ("aa", "tc", "rd", "ra", "cd") if event[flag])
    opcode = "" if event["opcode"] == "QUERY" else event["opcode"] + " "
    text += f" {event['id']} {opcode}{event['qname']} {event['qtype']}"
    text += f" {event['rcode']}" if event["rcode"] else ""
    values = ", ".join(f"{kind} {value} ({ttl})" for _, ttl, kind, value in event["answers"])
    return f"{text} [{flags}] {values}".rstrip()


def write_pcap(path, destination):
    """The record as a pcap file (link type RAW), for tcpdump and Wireshark; lost packets are in it too."""
    with open(destination, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 65535, 101))
        for wall, _, _, _, _, _, octets in packets(path):
            file.write(struct.pack("<IIII", wall // 10**9, wall % 10**9, len(octets), len(octets)) + octets)


def print_all(recorded, node_names, as_json):
    since = None
    for event in events(recorded, node_names):
        since = event["time"] if since is None else since
        print(json.dumps(event) if as_json else line(event, since), flush=True)


def clock():
    return time.clock_gettime(time.CLOCK_MONOTONIC)
