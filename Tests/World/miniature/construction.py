"""Builds a world: names and keys, network namespaces, the WAN, then the servers."""

import dataclasses
import os
import pathlib
import shutil
import subprocess
import threading
import time

from . import certificates, internet, probe, requirements, sandbox, servers, signing, state, wan
from .setup import Setup, program, run, write_json

SOURCE = pathlib.Path(__file__).resolve().parents[1] / "wan.c"
APPARMOR = pathlib.Path("/sys/module/apparmor/parameters/enabled")
QUIET = 0.25


class Construction:
    """Builds one world, from an empty directory to servers that answer."""

    def __init__(self, path, report):
        self.path, self.report = path, report
        self.setup = Setup.new(path)
        self.namespaces, self.processes = {}, {}
        self.wan = wan.Wan(path)
        self.is_confined = APPARMOR.exists() and APPARMOR.read_text().startswith("Y")
        self.began = time.monotonic()

    def build(self):
        sandbox.make_mounts_private()
        self._resolver_configuration()
        for node in self.setup.nodes:
            self.setup.directory(node).mkdir(parents=True)
        # What needs the processor goes on while the namespaces, which need the kernel's patience, are made.
        jobs = (self._prepare_names, self._compile, lambda: certificates.make_all(self.setup))
        work = [Background(job) for job in jobs]
        tuns = self._make_namespaces()
        for job in work:
            job.finish()
        self._say("keys, certificates and namespaces")
        self._start_wan(tuns)
        # The primary of most zones comes last: its first NOTIFY messages then find every secondary listening. Until that
        # is over packets take no time.
        primary = self.setup.node("ns1")
        self._start_servers([node for node in self.setup.nodes if node.make != "none" and node is not primary])
        self._start_servers([primary])
        self._say(f"{len(self.processes) - 1} servers answer")
        self._wait_for_silence()
        self.wan.send(*(f"rtt {address} {round(node.rtt * 1000)}" for node in self.setup.nodes
                        for address in node.addresses))
        self._say("secondaries are in step")

    def _start_servers(self, nodes):
        for node in nodes:
            self._start_server(node)
        with_dns = [node for node in nodes if node.role != internet.WEB]
        probe.wait_until_all_answer(self.setup, with_dns, self.namespaces, self._check_alive)

    def _wait_for_silence(self):
        """Returns when no packet has passed the WAN for a while; caches keep quiet as long as nobody asks them."""
        since, last = time.monotonic(), None
        while time.monotonic() - since < QUIET:
            now = self.wan.send("stats").splitlines()[0]
            if now != last:
                since, last = time.monotonic(), now
            time.sleep(0.02)
            if time.monotonic() - self.began > 20:
                return

    def _say(self, text):
        self.report(f"{time.monotonic() - self.began:5.1f} s  {text}")

    def _resolver_configuration(self):
        """Inside the world /etc/resolv.conf names the world's resolvers."""
        file = self.path / "resolv.conf"
        file.write_text("nameserver 4.2.2.1\nnameserver 2001:1900:2200::1\noptions timeout:5\n")
        if os.path.exists("/etc/resolv.conf"):
            sandbox.bind_mount(str(file), os.path.realpath("/etc/resolv.conf"))

    def _prepare_names(self):
        hints = []
        for letter, addresses in internet.ROOT_SERVERS.items():
            hints.append(f". 3600000 NS {letter}.root-servers.net.")
            hints += [f"{letter}.root-servers.net. 3600000 {'AAAA' if ':' in a else 'A'} {a}" for a in addresses]
        (self.path / "root.hints").write_text("\n".join(hints) + "\n")
        signing.sign_all(self.setup)
        (self.path / "update.key").write_text(
            f'key "world-update" {{ algorithm hmac-sha256; secret "{self.setup.update_secret}"; }};\n')
        (self.path / "powerdns.key").write_text(self.setup.api_key + "\n")
        (self.path / "trust-anchor").write_text(self.setup.anchor + "\n")

    def _compile(self):
        run([requirements.compiler(), "-O2", "-o", self.path / "wan", SOURCE])

    def _make_namespaces(self):
        """A network namespace with a tun device for each node; the tun descriptors in the order of the nodes."""
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        tuns, settling = [], []
        for node in self.setup.nodes:
            self.namespaces[node.name] = sandbox.new_network_namespace()
            tuns.append(sandbox.open_tun("wan0"))
            process = subprocess.Popen([program("ip"), "-batch", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE,
                                       text=True)
            process.stdin.write("\n".join(_network_commands(node)) + "\n")
            process.stdin.close()
            settling.append((node, process))
        sandbox.enter(home)
        os.close(home)
        for node, process in settling:
            if process.wait() != 0:
                raise state.WorldError(f"{node.name}: ip: {process.stderr.read().strip()}")
            process.stderr.close()
            if node.settings.get("transparent"):
                with sandbox.inside(self.namespaces[node.name]):
                    _accept_everything()
        return tuns

    def _start_wan(self, tuns):
        log = open(self.path / "wan.log", "w")
        process = subprocess.Popen([self.path / "wan", self.wan.path], pass_fds=tuns, stdin=subprocess.DEVNULL,
                                   stdout=log, stderr=log)
        self.processes["wan"] = process
        self.wan.wait_until_it_listens(process)
        lines = [f"node {tun}" for tun in tuns]
        for node in self.setup.nodes:
            for address in node.addresses:
                lines.append(f"addr {address} {node.number}")
        lines += [f"loss {address} every 3" for address in self.setup.node("lossy").shared]
        lines += [f"drop {address} on" for address in internet.SILENT]
        self.wan.send(*lines)
        for tun in tuns:
            os.close(tun)

    def _start_server(self, node):
        command = servers.module(node.make).prepare(self.setup, node)
        if self.is_confined and node.make not in ("odd", "web"):
            command[0] = self._unconfined(command[0])
        log = open(self.setup.directory(node) / "log", "w")
        with sandbox.inside(self.namespaces[node.name]):
            self.processes[node.name] = subprocess.Popen(
                [str(word) for word in command], cwd=self.setup.directory(node), stdin=subprocess.DEVNULL, stdout=log,
                stderr=log)
        log.close()

    def _unconfined(self, executable):
        """A copy outside the paths that AppArmor's profiles are for: they forbid configuration outside /etc."""
        copy = self.path / "bin" / os.path.basename(executable)
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(executable, copy)
        return copy

    def _check_alive(self):
        for name, process in self.processes.items():
            if process.poll() is not None:
                log = (self.path / "nodes" / name / "log").read_text().strip().splitlines()[-3:]
                raise state.WorldError(f"{name} ended with {process.returncode}: {' / '.join(log)}")

    def write(self):
        """Writes down what the commands need; from then on the world counts as up."""
        setup = self.setup
        write_json(self.path / "world.json", {
            "schema": "dnsconverge.world/1",
            "seconds_to_start": round(time.monotonic() - self.began, 2),
            "started": time.time(),
            "user_namespace": os.stat("/proc/self/ns/user").st_ino,
            "namespaces": [os.fstat(descriptor).st_ino for descriptor in self.namespaces.values()],
            "nodes": [dataclasses.asdict(node) for node in setup.nodes],
            "namespace_fds": self.namespaces,
            "processes": {name: process.pid for name, process in self.processes.items()},
            "zones": [{"apex": zone.apex, "nameservers": zone.nameservers, "on": zone.on}
                      for zone in setup.namespace.zones.values()],
        })


class Background:
    """A job on a thread of its own; its error comes out of `finish`."""

    def __init__(self, job):
        self.error = None
        self.thread = threading.Thread(target=self._run, args=(job,))
        self.thread.start()

    def _run(self, job):
        try:
            job()
        except Exception as error:
            self.error = error

    def finish(self):
        self.thread.join()
        if self.error:
            raise self.error


def _network_commands(node):
    lines = ["link set lo up", "link set wan0 mtu 1500 txqueuelen 10000 addrgenmode none up"]
    for address in node.addresses:
        lines.append(f"addr add {address}/128 dev lo nodad" if ":" in address else f"addr add {address}/32 dev lo")
    for version, everything in ((4, "0.0.0.0/0"), (6, "::/0")):
        if source := node.first(version):
            lines.append(f"route add {everything} dev wan0 src {source}")
    return lines


def _accept_everything():
    """Whatever arrives here from the WAN is for this node, whatever address it was sent to."""
    for option, everything in (("-4", "0.0.0.0/0"), ("-6", "::/0")):
        run([program("ip"), option, "rule", "add", "iif", "wan0", "lookup", "100"])
        run([program("ip"), option, "route", "add", "local", everything, "dev", "lo", "table", "100"])
