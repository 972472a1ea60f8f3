"""What this machine lacks for a world, each with the reason."""

import glob
import os

from . import sandbox
from .setup import program

PROGRAMS = {
    "named": ("bind9", "the primary, a root server and caches"),
    "rndc": ("bind9-utils", "flushing BIND's caches"),
    "dnssec-signzone": ("bind9-utils", "signing root and TLDs"),
    "nsupdate": ("bind9-dnsutils", "changing records by RFC 2136"),
    "nsd": ("nsd", "a root server, a TLD and a secondary"),
    "knotd": ("knot", "a root server, a TLD and a secondary"),
    "pdns_server": ("pdns-server", "a secondary"),
    "unbound": ("unbound", "caches"),
    "kresd": ("knot-resolver", "caches"),
    "pdns_recursor": ("pdns-recursor", "caches"),
    "dnsmasq": ("dnsmasq-base", "a forwarder"),
    "openssl": ("openssl", "certificates for DoT and DoH"),
    "ip": ("iproute2", "addresses and routes"),
    "nsenter": ("util-linux", "running programs on a node"),
}
COMPILERS = ("cc", "clang", "gcc")


def compiler():
    return next(filter(None, map(program, COMPILERS)), None)


def missing():
    """One sentence for each thing that is missing; empty when a world can be made."""
    lacking = [f"{name} is not installed (Debian package {package}): {reason}"
               for name, (package, reason) in PROGRAMS.items() if not program(name)]
    if not any(glob.glob(f"{place}/pdns/libbindbackend.so") for place in ("/usr/lib/*", "/usr/lib*", "/usr/local/lib")):
        lacking.append("PowerDNS has no BIND backend (Debian package pdns-backend-bind): a secondary")
    if not glob.glob("/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql"):
        lacking.append("PowerDNS has no SQLite backend (Debian package pdns-backend-sqlite3): its HTTP API")
    if not compiler():
        lacking.append("no C compiler (cc, clang or gcc): the WAN is a small C program")
    return lacking + _namespace_trouble()


def _namespace_trouble():
    """Really makes the namespaces and a tun device, in a child."""
    if not os.path.exists("/dev/net/tun"):
        return ["/dev/net/tun is missing: all packets between nodes pass tun devices"]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.write(writer, _trial().encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        trouble = pipe.read()
    return [trouble] if trouble else []


def _trial():
    try:
        if os.geteuid() != 0:
            sandbox.new_user_namespace()
        sandbox.unshare(sandbox.NEWNS | sandbox.NEWPID | sandbox.NEWNET | sandbox.NEWIPC)
    except OSError as error:
        if os.geteuid() != 0:
            return f"neither root nor user namespaces ({error}): nodes are network namespaces; be root or allow them"
        return f"no right to make namespaces ({error}): nodes are network namespaces; CAP_SYS_ADMIN is needed"
    try:
        sandbox.open_tun("trial")
    except OSError as error:
        return f"/dev/net/tun cannot be used ({error.strerror}): all packets between nodes pass tun devices"
    return ""
