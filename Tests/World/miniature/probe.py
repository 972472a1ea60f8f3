"""Asks servers from inside their own namespaces, where no WAN is in between."""

import select
import socket
import time

from . import dns, internet, sandbox, state

PATIENCE = 25


def wait_until_all_answer(setup, nodes, namespaces, check_alive):
    """Returns when every one of the servers answers: authoritative ones for each zone with AA, resolvers anything."""
    waiting = {}
    for node in nodes:
        with sandbox.inside(namespaces[node.name]):
            channel = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            channel.connect((node.own[0], 53))
            channel.setblocking(False)
        waiting[channel] = (node, set(_questions(setup, node)))
    end = time.monotonic() + PATIENCE
    while waiting:
        check_alive()
        if time.monotonic() > end:
            late = ", ".join(f"{node.name} ({len(left)} of its zones)" for node, left in waiting.values())
            raise state.WorldError(f"no answer within {PATIENCE} s: {late}")
        for channel, (_, left) in waiting.items():
            for question in list(left)[:20]:
                _send(channel, question)
        _collect(waiting, time.monotonic() + 0.05)


def _questions(setup, node):
    if node.role == internet.RESOLVER:
        return [("", "NS", False)]
    return [(zone.apex, "SOA", False) for zone, kind in setup.zones_on(node) if kind != "unloaded"]


def _send(channel, question):
    name, kind, recurse = question
    try:
        channel.send(dns.query(name, kind, recurse))
    except OSError:
        pass  # Not listening yet: the refusal of the one before.


def _collect(waiting, until):
    while waiting and (left := until - time.monotonic()) > 0:
        for channel in select.select(list(waiting), [], [], left)[0]:
            try:
                message = dns.Message(channel.recv(65535))
            except (OSError, dns.Malformed):
                continue
            node, questions = waiting[channel]
            if node.role == internet.RESOLVER or (message.aa and message.rcode == "NOERROR"):
                questions.discard((message.name.rstrip("."), dns.type_name(message.type), False))
            if not questions:
                channel.close()
                del waiting[channel]


def ask(address, name, kind, timeout=5.0, recurse=True, transport="udp"):
    """One question to one address from the present namespace; the message, or None in time."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    octets = dns.query(name, kind, recurse)
    with socket.socket(family, socket.SOCK_DGRAM) as channel:
        channel.connect((address, 53))
        end = time.monotonic() + timeout
        for attempt in range(3):
            try:
                channel.send(octets)
                channel.settimeout(max(0.05, (end - time.monotonic()) / (3 - attempt)))
                while True:
                    message = dns.Message(channel.recv(65535))
                    if octets[:2] == message.id.to_bytes(2, "big"):
                        return message
            except (OSError, dns.Malformed):
                continue
    return None
