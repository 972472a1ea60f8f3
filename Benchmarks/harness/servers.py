"""The servers that are asked: NSD, and responders that delay their answers."""

import os
import pathlib
import shutil
import socket
import subprocess
import time

from machine import SERVER_CPU, Malfunction, pinned

ZONE = "bench.test"


def free_port():
    """A port of 127.0.0.1, 5300 or above, that nobody uses."""
    for port in range(5300, 6000):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
            try:
                udp.bind(("127.0.0.1", port))
                tcp.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Malfunction("no free port between 5300 and 6000")


def write_zone(path, names):
    with open(path, "w") as zone:
        zone.write(f"$ORIGIN {ZONE}.\n$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 60\n@ NS ns\nns A 127.0.0.1\n")
        for number in range(names):
            zone.write(f"n{number} A 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\n")


class NSD:
    """One NSD worker on CPU 1 that serves the zone from memory, without rate limits; it needs no root."""

    def __init__(self, directory, names):
        self.directory, self.names, self.port = pathlib.Path(directory), names, free_port()
        self.process = None

    def __enter__(self):
        program = shutil.which("nsd") or shutil.which("nsd", path="/usr/sbin:/usr/local/sbin")
        if not program:
            raise Malfunction("nsd is missing: apt-get install nsd")
        write_zone(self.directory / "zone", self.names)
        (self.directory / "nsd.conf").write_text(self.configuration())
        self.process = subprocess.Popen(pinned(SERVER_CPU, [program, "-d", "-c", "nsd.conf"]), cwd=self.directory,
            start_new_session=True)
        try:
            self.wait_until_it_answers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def configuration(self):
        here = self.directory
        return f"""server:
    ip-address: 127.0.0.1@{self.port}
    server-count: 1
    username: ""
    chroot: ""
    zonesdir: "{here}"
    pidfile: "{here}/nsd.pid"
    logfile: "{here}/nsd.log"
    xfrdfile: "{here}/xfrd.state"
    xfrdir: "{here}"
    zonelistfile: "{here}/zone.list"
    database: ""
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
    hide-version: no
    receive-buffer-size: 4194304
    send-buffer-size: 4194304
remote-control:
    control-enable: no
zone:
    name: {ZONE}
    zonefile: zone
"""

    def wait_until_it_answers(self, limit=120):
        """Loading a million names takes some seconds."""
        query = b"\0\1\0\0\0\1\0\0\0\0\0\0\5bench\4test\0\0\6\0\1"
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
                udp.settimeout(0.2)
                udp.connect(("127.0.0.1", self.port))
                try:
                    udp.send(query)
                    if udp.recv(512)[3] & 15 == 0:
                        return
                except OSError:
                    time.sleep(0.1)
        raise Malfunction(f"nsd does not answer; see {self.directory}/nsd.log")

    def cpu_seconds(self):
        """What NSD and its children, which are all in its session, have used so far."""
        ticks = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


class Responders:
    """Addresses from 127.0.1.1 on that answer after a delay, on CPU 1."""

    def __init__(self, bench, addresses, fastest, slowest):
        self.bench = bench
        self.options = [
            "--addresses", str(addresses), "--port", str(free_port()), "--fastest", str(fastest), "--slowest",
            str(slowest)]
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(
            pinned(SERVER_CPU, [self.bench, "respond", *self.options]), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise Malfunction("the responders did not start")
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
