"""Live pages under load: load.py PAGES IDLE. Every page hears of a change within a second, and neither idle connections nor
half requests nor readers who do not read delay a check or the events of a page that is logged in."""

import asyncio
import resource
import sys
import time

from daemon import running

LIMIT = 1.0


class Page:
    """A listener that notes when it first saw a mark."""

    def __init__(self, daemon):
        self.daemon, self.text, self.changed = daemon, b"", asyncio.Event()

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.daemon.port, limit=1 << 20)
        self.writer.write(
            (f"GET /api/v1/events?scheme=cat HTTP/1.1\r\nHost: localhost\r\n"
             f"Authorization: Bearer {self.daemon.token}\r\n\r\n").encode())
        first = await asyncio.wait_for(self.reader.readuntil(b"\n\n"), 20)
        assert b" 200 " in first.split(b"\r\n")[0], first

    async def sees(self, mark):
        while True:
            event = await self.reader.readuntil(b"\n\n")
            if mark in event:
                return time.monotonic()


async def change(daemon, pages, mark):
    """How long after a change each page has it."""
    waiting = [asyncio.create_task(page.sees(mark.encode())) for page in pages]
    await asyncio.sleep(0.3)
    begin = time.monotonic()
    status, answer = await daemon.request("POST", "/api/v1/schemes/cat/orders", {"action": "freeze", "why": mark})
    assert status == 204, (status, answer)
    return sorted(moment - begin for moment in await asyncio.wait_for(asyncio.gather(*waiting), 30))


async def idle(daemon, count):
    """Connections from many addresses over which nothing is said, or half of a request."""
    writers = []

    async def one(number):
        source = f"127.0.{1 + number % 200}.{1 + number // 200 % 200}"
        try:
            _, writer = await asyncio.wait_for(
                asyncio.open_connection("127.0.0.1", daemon.port, local_addr=(source, 0)), 10)
        except (OSError, asyncio.TimeoutError):
            return
        if number % 3 == 1:
            writer.write(b"GET / HTTP/1.1\r\nHost: local")
        if number % 3 == 2:
            writer.write(b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
                         b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken=")
        writers.append(writer)

    for start in range(0, count, 200):
        await asyncio.gather(*(one(number) for number in range(start, min(count, start + 200))))
    return writers


async def main(pages, connections):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    connections = min(connections, hard - pages - 200)
    async with running(schemes=20) as daemon:
        before = daemon.memory
        listeners = [Page(daemon) for _ in range(pages)]
        for page in listeners:
            await page.open()
        delays = await change(daemon, listeners, "first-change")
        print(f"{pages} pages: each had a change after {delays[-1] * 1000:.0f} ms at most, half of them after "
              f"{delays[len(delays) // 2] * 1000:.0f} ms; memory {before:.0f} → {daemon.memory:.0f} MiB")
        assert delays[-1] < LIMIT, delays[-1]

        begin = time.monotonic()
        held = await idle(daemon, connections)
        print(f"{len(held)} connections opened in {time.monotonic() - begin:.1f} s; memory {daemon.memory:.0f} MiB")
        # Readers who do not read: each asks for much, again and again.
        stuck = []
        for number in range(20):
            _, writer = await asyncio.open_connection(
                "127.0.0.1", daemon.port, local_addr=(f"127.0.250.{1 + number}", 0))
            writer.write((f"GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n"
                          f"Authorization: Bearer {daemon.token}\r\n\r\n").encode() * 200)
            writer.transport.pause_reading()
            stuck.append(writer)
        delays = await change(daemon, listeners, "second-change")
        print(f"with these: a change after {delays[-1] * 1000:.0f} ms at most")
        assert delays[-1] < LIMIT, delays[-1]
        status, _ = await daemon.request("GET", "/api/v1/status")
        assert status == 200, status
        await asyncio.sleep(3)
        checks = await daemon.checks()
        print(f"{checks['begun']} checks began {checks['late_p99_ms']:.1f} ms late (99 of 100), "
              f"the latest {checks['late_max_ms']:.0f} ms")
        assert checks["late_max_ms"] < 1000, checks
        for writer in held + stuck + [page.writer for page in listeners]:
            writer.transport.abort()


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
