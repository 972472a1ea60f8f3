"""Just enough of the DNS wire format to ask, to read a trace, and to answer badly on purpose."""

import ipaddress
import random
import struct

TYPES = {
    "A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "SRV": 33, "DNAME": 39,
    "OPT": 41, "DS": 43, "RRSIG": 46, "NSEC": 47, "DNSKEY": 48, "HTTPS": 65, "IXFR": 251, "AXFR": 252, "ANY": 255,
    "CAA": 257,
}
TYPE_NAMES = {number: name for name, number in TYPES.items()}
RCODES = (
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH",
)
OPCODES = {0: "QUERY", 4: "NOTIFY", 5: "UPDATE"}


class Malformed(Exception):
    pass


def type_name(number):
    return TYPE_NAMES.get(number, f"TYPE{number}")


def encode_name(name):
    labels = [label for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


def decode_name(message, at):
    """The name at an offset, absolute and lower case, and the offset after it."""
    labels, after, jumps = [], None, 0
    while True:
        if at >= len(message):
            raise Malformed("name beyond the end")
        length = message[at]
        if length >= 0xC0:
            if at + 1 >= len(message) or (jumps := jumps + 1) > 32:
                raise Malformed("bad pointer")
            after = after or at + 2
            at = (length & 0x3F) << 8 | message[at + 1]
        elif length == 0:
            return ".".join(labels).lower() + ".", after or at + 1
        else:
            labels.append(message[at + 1:at + 1 + length].decode("ascii", "replace"))
            at += 1 + length


def query(name, kind, recurse=True, dns_class=1, identifier=None, opcode=0, edns=True):
    identifier = random.getrandbits(16) if identifier is None else identifier
    flags = opcode << 11 | (0x0100 if recurse else 0)
    head = struct.pack("!6H", identifier, flags, 1, 0, 0, 1 if edns else 0)
    question = encode_name(name) + struct.pack("!2H", TYPES[kind], dns_class)
    options = struct.pack("!BHHIH", 0, 41, 1232, 0, 0) if edns else b""
    return head + question + options


class Message:
    """A decoded message: header fields, question and answer section; authority and additional are counted only."""

    def __init__(self, octets):
        if len(octets) < 12:
            raise Malformed("shorter than a header")
        self.id, flags, questions, answers, self.authorities, self.additionals = struct.unpack_from("!6H", octets)
        self.is_reply, self.opcode, self.aa = bool(flags & 0x8000), flags >> 11 & 15, bool(flags & 0x0400)
        self.tc, self.rd, self.ra = bool(flags & 0x0200), bool(flags & 0x0100), bool(flags & 0x0080)
        self.cd, self.rcode = bool(flags & 0x0010), RCODES[flags & 15] if flags & 15 < len(RCODES) else str(flags & 15)
        self.name, self.type, self.answers, at = ".", 0, [], 12
        if questions:
            self.name, at = decode_name(octets, at)
            self.type, self.dns_class = struct.unpack_from("!2H", octets, at)
            at += 4
        self.question_end = at
        try:
            for _ in range(answers):
                owner, at = decode_name(octets, at)
                number, _, ttl, length = struct.unpack_from("!HHIH", octets, at)
                at += 10
                self.answers.append((owner, ttl, type_name(number), rdata_text(number, octets, at, length)))
                at += length
        except struct.error:
            raise Malformed("record beyond the end")

    def values(self, kind):
        return [value for _, _, answered, value in self.answers if answered == kind]


def rdata_text(number, octets, at, length):
    name = TYPE_NAMES.get(number)
    data = octets[at:at + length]
    if name in ("A", "AAAA") and length in (4, 16):
        return str(ipaddress.ip_address(data))
    if name in ("NS", "CNAME", "PTR", "DNAME"):
        return decode_name(octets, at)[0]
    if name == "MX":
        return f"{struct.unpack_from('!H', data)[0]} {decode_name(octets, at + 2)[0]}"
    if name == "SOA":
        primary, at = decode_name(octets, at)
        contact, at = decode_name(octets, at)
        return f"{primary} {contact} " + " ".join(map(str, struct.unpack_from("!5I", octets, at)))
    if name == "TXT":
        strings, position = [], 0
        while position < length:
            size = data[position]
            strings.append('"' + data[position + 1:position + 1 + size].decode("ascii", "replace") + '"')
            position += 1 + size
        return " ".join(strings)
    return f"\\# {length} {data.hex()}"


def record(name, kind, ttl, data):
    """One record in wire form; `data` is text for A, AAAA, NS and CNAME, or octets."""
    if isinstance(data, str):
        data = encode_name(data) if kind in ("NS", "CNAME") else ipaddress.ip_address(data).packed
    return encode_name(name) + struct.pack("!HHIH", TYPES[kind], 1, ttl, len(data)) + data
