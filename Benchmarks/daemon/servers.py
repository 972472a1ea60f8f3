"""Web servers at all addresses of 127.0.0.0/8 on port 8080: `servers.py SEEN ILL`.

Every connection is a line in SEEN: address and monotonic time. Addresses listed in ILL answer 503.
"""
import asyncio
import pathlib
import sys
import time

seen, listing = open(sys.argv[1], "a", buffering=1 << 14), pathlib.Path(sys.argv[2])
ill = set()
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nstatus=OK\n"
BAD = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Site(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.address = transport, transport.get_extra_info("sockname")[0]
        seen.write(f"{self.address} {time.monotonic():.4f}\n")

    def data_received(self, data):
        self.transport.write(BAD if self.address in ill else GOOD)
        self.transport.close()


async def main():
    await asyncio.get_running_loop().create_server(Site, "0.0.0.0", 8080, backlog=4096)
    while True:
        await asyncio.sleep(0.2)
        ill.clear()
        ill.update(listing.read_text().split())
        seen.flush()


asyncio.run(main())
