"""An authoritative server of our own, for conduct that no real one can be configured to: one address for each habit.

Run as a program it reads a JSON file: the zones as [owner, TTL, type, value] lists, and the habit of each address.
`upward` refers every question to the root, without AA; `truncating` sets TC on an empty answer over UDP and answers
over TCP; `closed-tcp` does the same, and nobody listens on TCP.
"""

import asyncio
import json
import pathlib
import socket
import struct
import sys

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
    from miniature import dns
else:
    from .. import dns


def prepare(setup, node):
    directory = setup.directory(node)
    zones = {zone.apex: [*_apex_records(zone), *zone.records] for zone, _ in setup.zones_on(node)}
    (directory / "odd.json").write_text(json.dumps({"zones": zones, "habits": node.settings["habits"]}))
    return [sys.executable, "-B", __file__, directory / "odd.json"]


def _apex_records(zone):
    primary = zone.nameservers[0]
    yield zone.apex, 3600, "SOA", f"{primary}. hostmaster.{primary}. {zone.serial} 86400 7200 3600000 {zone.minimum}"
    for name in zone.nameservers:
        yield zone.apex, 86400, "NS", f"{name}."


class Responder:
    """Answers from a handful of records, in the manner of one habit."""

    def __init__(self, zones, habit):
        self.zones, self.habit = zones, habit

    def reply(self, octets, over_tcp):
        """The answer to one message; None to what is no query."""
        try:
            query = dns.Message(octets)
        except dns.Malformed:
            return None
        if query.is_reply or query.opcode:
            return None
        name, question = query.name.rstrip("."), octets[12:query.question_end]
        apex = max((apex for apex in self.zones if f".{name}".endswith(f".{apex}")), key=len, default=None)
        recursion = 0x0100 if query.rd else 0
        if self.habit == "upward" and name != "":
            roots = [dns.record("", "NS", 518400, f"{letter}.root-servers.net") for letter in "abcdefghijklm"]
            return self._message(query.id, 0x8000 | recursion, question, authority=roots)
        if apex is None:
            return self._message(query.id, 0x8005 | recursion, question)
        if not over_tcp and self.habit in ("truncating", "closed-tcp"):
            return self._message(query.id, 0x8600 | recursion, question)
        return self._answer(query, question, name, apex, 0x8400 | recursion)

    def _answer(self, query, question, name, apex, flags):
        here = [record for record in self.zones[apex] if record[0] == name]
        kind = dns.type_name(query.type)
        answer = [_encoded(record) for record in here if record[2] in (kind, "CNAME")]
        if answer:
            return self._message(query.id, flags, question, answer)
        soa = [_encoded(record) for record in self.zones[apex] if record[2] == "SOA"]
        exists = any(f".{record[0]}".endswith(f".{name}") for record in self.zones[apex])
        return self._message(query.id, flags if exists else flags | 3, question, authority=soa)

    @staticmethod
    def _message(identifier, flags, question, answer=(), authority=()):
        head = struct.pack("!6H", identifier, flags, 1, len(answer), len(authority), 0)
        return head + question + b"".join(answer) + b"".join(authority)


def _encoded(record):
    name, ttl, kind, value = record
    if kind == "SOA":
        primary, contact, *numbers = value.split()
        value = dns.encode_name(primary) + dns.encode_name(contact) + struct.pack("!5I", *map(int, numbers))
    return dns.record(name, kind, ttl, value)


class Datagrams(asyncio.DatagramProtocol):
    def __init__(self, responder):
        self.responder = responder

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, octets, peer):
        reply = self.responder.reply(octets, over_tcp=False)
        if reply:
            self.transport.sendto(reply, peer)


async def serve_stream(responder, reader, writer):
    try:
        while True:
            length = int.from_bytes(await reader.readexactly(2), "big")
            reply = responder.reply(await reader.readexactly(length), over_tcp=True)
            if reply is None:
                break
            writer.write(len(reply).to_bytes(2, "big") + reply)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def serve(settings):
    loop = asyncio.get_running_loop()
    for address, habit in settings["habits"].items():
        responder = Responder(settings["zones"], habit)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        await loop.create_datagram_endpoint(lambda: Datagrams(responder), local_addr=(address, 53), family=family)
        if habit != "closed-tcp":
            stream = lambda reader, writer, responder=responder: serve_stream(responder, reader, writer)
            await asyncio.start_server(stream, address, 53, family=family)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(pathlib.Path(sys.argv[1]).read_text())))
