"""Talks to the process that carries the packets (wan.c)."""

import contextlib
import socket
import time

from . import state


class Wan:
    """Its control socket."""

    def __init__(self, path):
        self.path = str(path / "wan.sock")

    def send(self, *lines):
        """Carries out lines of its little language (see wan.c), in order; returns what it printed."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as channel:
            channel.settimeout(10)
            self._connect(channel)
            channel.send("\n".join(lines).encode())
            reply = channel.recv(1 << 20).decode()
        body, _, last = reply.rstrip("\n").rpartition("\n")
        if last != "ok":
            raise state.WorldError(f"WAN: {last}")
        return body

    def wait_until_it_listens(self, process):
        """Returns when the process that was just started takes commands."""
        while process.poll() is None:
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as channel, contextlib.suppress(OSError):
                channel.connect(self.path)
                return
            time.sleep(0.002)
        raise state.WorldError("the WAN did not start")

    def _connect(self, channel):
        try:
            channel.connect(self.path)
        except OSError as error:
            raise state.WorldError(f"the WAN does not answer: {error}") from None

    def hosts(self):
        """State and counters by address."""
        result = {}
        for line in self.send("stats").splitlines():
            word = line.split()
            if word[0] == "host":
                values = dict(zip(word[2::2], map(int, word[3::2])))
                result[word[1]] = {
                    "rtt_ms": values["rtt"] / 1000, "silent": bool(values["silent"]), "loss": loss_text(values),
                    "received": values["in"], "sent": values["out"], "lost": values["lost"],
                }
        return result


def loss_text(values):
    if values["every"]:
        return f"1/{values['every']}"
    return f"{values['random'] / 10000:g}%" if values["random"] else "0"


def loss_words(text):
    """`1/3` (exactly every third packet), `25%` (at random) or `0`, as the words of `loss`."""
    try:
        if text in ("0", "0%", "off"):
            return "off"
        if text.startswith("1/"):
            return f"every {int(text[2:])}"
        if text.endswith("%"):
            return f"random {round(float(text[:-1]) * 10000)}"
    except ValueError:
        pass
    raise state.WorldError(f"loss {text}: give 1/N, PERCENT% or 0", 3)
