"""A web server whose health is set from outside: the candidates of the failover story.

Run as a program it reads a JSON file: its name, addresses, certificate and key. Port 80 and 443 answer every path with the server's
name and `status=OK`, or 503 and `status=ERR`. A line to its control socket changes that: `ok`, `err`, `slow SECONDS`
(the answer comes late), `closed` (nobody listens); it is answered with the state.
"""

import asyncio
import json
import pathlib
import socket
import ssl
import sys

if __name__ != "__main__":
    from ..certificates import names_of

STATES = ("ok", "err", "slow", "closed")


def prepare(setup, node):
    directory = setup.directory(node)
    certificate, key = setup.certificate(node)
    (directory / "web.json").write_text(json.dumps({
        "name": node.name, "host": names_of(node)[0], "addresses": node.addresses, "certificate": str(certificate),
        "key": str(key), "control": str(directory / "control")}))
    return [sys.executable, "-B", __file__, directory / "web.json"]


class Site:
    """The pages, and the listeners as long as the site is not closed."""

    def __init__(self, settings):
        self.settings, self.state, self.delay, self.listeners = settings, "ok", 0.0, []
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(settings["certificate"], settings["key"])

    async def open(self):
        for address in self.settings["addresses"]:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            for port, tls in ((80, None), (443, self.tls)):
                self.listeners.append(await asyncio.start_server(self._serve, address, port, family=family, ssl=tls))

    def close(self):
        for listener in self.listeners:
            listener.close()
        self.listeners = []

    async def become(self, state, delay):
        self.state, self.delay = state, delay if state == "slow" else 0.0
        if state == "closed":
            self.close()
        elif not self.listeners:
            await self.open()

    async def _serve(self, reader, writer):
        try:
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
            await asyncio.sleep(self.delay)
            writer.write(self._page())
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.TimeoutError, ConnectionError):
            pass
        finally:
            writer.close()

    def _page(self):
        is_fine = self.state != "err"
        body = f"{self.settings['name']}: {self.settings['host']}\nstatus={'OK' if is_fine else 'ERR'}\n".encode()
        line = "200 OK" if is_fine else "503 Service Unavailable"
        head = f"HTTP/1.1 {line}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode() + body


async def control(site, reader, writer):
    """One line, one change."""
    words = (await reader.readline()).decode().split()
    state, seconds = words[0] if words else site.state, float(words[1]) if len(words) > 1 else 0.0
    if state in STATES:
        await site.become(state, seconds)
    writer.write(f"{site.state}\n".encode())
    await writer.drain()
    writer.close()


async def serve(settings):
    site = Site(settings)
    await site.open()
    # Made last: when it is there, the pages are.
    await asyncio.start_unix_server(lambda reader, writer: control(site, reader, writer), settings["control"])
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(json.loads(pathlib.Path(sys.argv[1]).read_text())))
