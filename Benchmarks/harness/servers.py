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


def program(name):
    """A server's program, which need not be on a user's PATH."""
    path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    if not path:
        raise Malfunction(f"{name} is missing: apt-get install {name}")
    return path


def session_cpu_seconds(session):
    """What all processes of a session have used so far."""
    ticks = 0
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


class NSD:
    """One NSD worker on CPU 1 that serves the zone from memory, without rate limits; it needs no root."""

    def __init__(self, directory, names):
        self.directory, self.names, self.port = pathlib.Path(directory), names, free_port()
        self.process = None

    def __enter__(self):
        write_zone(self.directory / "zone", self.names)
        (self.directory / "nsd.conf").write_text(self.configuration())
        self.process = subprocess.Popen(pinned(SERVER_CPU, [program("nsd"), "-d", "-c", "nsd.conf"]), cwd=self.directory,
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
        return session_cpu_seconds(self.process.pid)


class Unbound:
    """Unbound on CPU 1, which answers over HTTPS for the first names of the zone from its configuration."""

    def __init__(self, directory, names):
        self.directory, self.names, self.port = pathlib.Path(directory), names, free_port()
        self.certificate = str(self.directory / "certificate.pem")
        self.process = None

    def __enter__(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", "key.pem",
             "-out", self.certificate], cwd=self.directory, check=True, stderr=subprocess.DEVNULL)
        (self.directory / "unbound.conf").write_text(self.configuration())
        self.process = subprocess.Popen(
            pinned(SERVER_CPU, [program("unbound"), "-d", "-c", "unbound.conf"]), cwd=self.directory,
            start_new_session=True, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                return self
            except OSError:
                time.sleep(0.1)
        self.__exit__()
        raise Malfunction("unbound does not take connections")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def configuration(self):
        data = "\n".join(
            f'    local-data: "n{number}.{ZONE}. 300 A 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"'
            for number in range(self.names))
        return f"""server:
    directory: "{self.directory}"
    chroot: ""
    username: ""
    pidfile: ""
    use-syslog: no
    do-daemonize: no
    verbosity: 0
    num-threads: 1
    module-config: "iterator"
    interface: 127.0.0.1@{self.port}
    https-port: {self.port}
    tls-service-pem: "{self.certificate}"
    tls-service-key: "{self.directory}/key.pem"
    local-zone: "{ZONE}." static
{data}
remote-control:
    control-enable: no
"""

    def cpu_seconds(self):
        return session_cpu_seconds(self.process.pid)


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
