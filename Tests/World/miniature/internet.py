"""Who is on the miniature Internet: its nodes, their public addresses, and how far away they are."""

import dataclasses
import json
import pathlib

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]

AUTHORITATIVE, RESOLVER, ROOT, TLD, CLIENT, STRANGE = "authoritative", "resolver", "root", "tld", "client", "strange"
WEB = "web"


@dataclasses.dataclass
class Node:
    """One machine. `rtt` is its round trip in ms, for all its addresses; `settings` are for its make of server."""

    name: str
    role: str
    make: str
    addresses: list
    rtt: float
    shared: list = dataclasses.field(default_factory=list)  # anycast addresses, answered by several nodes
    settings: dict = dataclasses.field(default_factory=dict)
    number: int = 0

    @property
    def own(self):
        return [address for address in self.addresses if address not in self.shared]

    def first(self, version):
        """The address that its packets leave from."""
        return next((address for address in self.own if (":" in address) == (version == 6)), None)


# The root servers' real addresses, so that built-in hints lead here; three machines of different makes share them.
ROOT_SERVERS = {
    "a": ("198.41.0.4", "2001:503:ba3e::2:30"), "b": ("170.247.170.2", "2801:1b8:10::b"),
    "c": ("192.33.4.12", "2001:500:2::c"), "d": ("199.7.91.13", "2001:500:2d::d"),
    "e": ("192.203.230.10", "2001:500:a8::e"), "f": ("192.5.5.241", "2001:500:2f::f"),
    "g": ("192.112.36.4", "2001:500:12::d0d"), "h": ("198.97.190.53", "2001:500:1::53"),
    "i": ("192.36.148.17", "2001:7fe::53"), "j": ("192.58.128.30", "2001:503:c27::2:30"),
    "k": ("193.0.14.129", "2001:7fd::1"), "l": ("199.7.83.42", "2001:500:9f::42"),
    "m": ("202.12.27.33", "2001:dc3::35"),
}
ROOT_NODES = {"root1": ("nsd", "adgjm", 12), "root2": ("bind", "behk", 30), "root3": ("knot", "cfil", 60)}

# Host names of authoritative servers: name, node, addresses.
NAME_SERVERS = {
    "a.gtld-servers.net": ("tld1", ["192.5.6.30", "2001:503:a83e::2:30"]),
    "b.gtld-servers.net": ("tld2", ["192.33.14.30", "2001:503:231d::2:30"]),
    "a.nic.org": ("tld3", ["199.19.56.1", "2001:500:e::1"]),
    "ns1.he.net": ("ns1", ["216.218.130.2", "2001:470:100::2"]),
    "ns2.he.net": ("ns2", ["216.218.131.2", "2001:470:200::2"]),
    "ns3.he.net": ("ns3", ["216.218.132.2", "2001:470:300::2"]),
    "ns4.he.net": ("ns4", ["216.66.1.2", "2001:470:400::2"]),
    "ns1.okerr.com": ("ns4", ["216.66.1.2", "2001:470:400::2"]),
    "ns2.okerr.com": ("ns3", ["216.218.132.2", "2001:470:300::2"]),
    "v6-ns1.odd.net": ("ns1", ["2001:470:100::2"]),
    "v6-ns2.odd.net": ("ns2", ["2001:470:200::2"]),
    "truncating.odd.net": ("odd", ["45.90.28.2", "2a07:a8c0::2"]),
    "closed-tcp.odd.net": ("odd", ["45.90.28.3", "2a07:a8c0::3"]),
    "upward.odd.net": ("odd", ["45.90.28.1", "2a07:a8c0::1"]),
    "silent.odd.net": (None, ["45.90.30.1", "2a07:a8c1::1"]),
    "mute.odd.net": (None, ["45.90.30.2", "2a07:a8c1::2"]),
}

# What runs at each public resolver: make and round trip; an entry of resolvers.json that is not here is an Unbound.
RESOLVER_MAKES = {
    "google": ("unbound", 14), "cloudflare": ("unbound", 8), "quad9": ("unbound", 20),
    "quad9-unfiltered": ("bind", 22), "opendns": ("unbound", 34), "adguard-unfiltered": ("kresd", 48),
    "controld-unfiltered": ("unbound", 110), "dnssb": ("bind", 62), "he": ("kresd", 28),
    "ultradns-public": ("recursor", 90), "verisign-ultradns": ("dnsmasq", 96), "yandex": ("bind", 76),
    "cznic": ("kresd", 40), "cira-private": ("unbound", 180), "dns4eu-unfiltered": ("kresd", 36),
    "uncensored-anycast": ("unbound", 54),
}
IDENTITIES = {
    "google": {"nsid": "gpdns-ams"}, "cloudflare": {"identity": "AMS"},
    "quad9": {"identity": "res100.ams.rrdns.pch.net"}, "quad9-unfiltered": {"identity": "res101.ams.rrdns.pch.net"},
}

# What is particular about some of them.
HABITS = {
    "quad9": {"filters": True}, "uncensored-anycast": {"ipv6": False},
    "verisign-ultradns": {"upstream": "ultradns-public"},
}


def root_nodes():
    for name, (make, letters, rtt) in ROOT_NODES.items():
        yield Node(name, ROOT, make, [address for letter in letters for address in ROOT_SERVERS[letter]], rtt)


def authoritative_nodes():
    for name, role, make, rtt in (
        ("tld1", TLD, "nsd", 18), ("tld2", TLD, "knot", 44), ("tld3", TLD, "bind", 26),
        ("ns1", AUTHORITATIVE, "bind", 40), ("ns2", AUTHORITATIVE, "nsd", 70), ("ns3", AUTHORITATIVE, "knot", 140),
        ("ns4", AUTHORITATIVE, "pdns", 24),
    ):
        addresses = [address for node, owned in NAME_SERVERS.values() if node == name for address in owned]
        yield Node(name, role, make, list(dict.fromkeys(addresses)), rtt)
    habits = {address: name.removesuffix(".odd.net") for name, (node, owned) in NAME_SERVERS.items() if node == "odd"
              for address in owned}
    yield Node("odd", AUTHORITATIVE, "odd", list(habits), 32, settings={"habits": habits})


def public_resolvers():
    """A node for each core entry of the shipped resolvers.json, at its addresses."""
    entries = json.loads((REPOSITORY / "resolvers.json").read_text())["resolvers"]
    for entry in entries:
        if entry["tier"] != "core":
            continue
        make, rtt = RESOLVER_MAKES.get(entry["id"], ("unbound", 50))
        settings = dict(IDENTITIES.get(entry["id"], {}))
        settings["validate"] = entry.get("dnssec", True)
        settings["ttl_cap"] = entry.get("ttl_cap")
        settings["core"] = True
        settings.update(HABITS.get(entry["id"], {}))
        if make not in ("recursor", "dnsmasq"):
            settings["doh"], settings["dot"] = entry.get("doh"), entry.get("dot")
        yield Node(entry["id"], RESOLVER, make, entry["addresses"], rtt, settings=settings)


def behaving_resolvers():
    """Resolvers outside any list, each with one habit."""
    def resolver(name, last, make="unbound", rtt=30, **settings):
        return Node(name, RESOLVER, make, [f"4.2.2.{last}", f"2001:1900:2200::{last}"], rtt, settings=settings)

    yield resolver("plain", 1)
    yield resolver("clamp", 2, make="dnsmasq", upstream="plain", told_ttl=5)
    yield resolver("raise", 3, ttl_floor=90)
    yield resolver("stale", 4, serve_stale=True)
    yield resolver("filter", 5, make="kresd", filters=True)
    # It loses packets of its service addresses alone: its own recursion leaves from another one.
    lossy = resolver("lossy", 61)
    service = ["4.2.2.6", "2001:1900:2200::6"]
    yield dataclasses.replace(lossy, addresses=lossy.addresses + service, shared=service)
    yield resolver("recursor", 7, make="recursor")
    shared = ["4.2.2.8", "2001:1900:2200::8"]
    for name, last, make in (("anycast-a", 81, "unbound"), ("anycast-b", 82, "unbound")):
        node = resolver(name, last, make, identity=f"{name}.example", nsid=name)
        yield dataclasses.replace(node, addresses=node.addresses + shared, shared=shared)
    yield Node("middlebox", RESOLVER, "unbound", ["5.188.10.10", "2a0a:2b40::10"], 16,
               settings={"identity": "cache3.isp.example", "nsid": "isp-cache3", "transparent": True})
    yield Node("closed", STRANGE, "none", ["4.2.2.9", "2001:1900:2200::9"], 30)


DEAD = ["4.2.2.10", "2001:1900:2200::10"]
SILENT = [address for node, addresses in NAME_SERVERS.values() if node is None for address in addresses] + DEAD


def web_servers():
    """The candidates of the failover story: each answers for cat.okerr.com at its own address."""
    for name, address, rtt in (
        ("charlie", "116.202.27.149", 24), ("echo", "51.158.104.109", 36), ("bravo", "37.59.102.26", 30),
    ):
        yield Node(name, WEB, "web", [address], rtt, settings={"host": "cat.okerr.com"})


def clients():
    yield Node("client", CLIENT, "none", ["31.13.0.10", "2a03:2880::10"], 10)
    yield Node("client4", CLIENT, "none", ["31.13.0.4"], 10)
    yield Node("client6", CLIENT, "none", ["2a03:2880::6"], 10)
    yield Node("island", CLIENT, "none", [], 10)


def nodes():
    """Everybody, numbered in order."""
    everybody = [*clients(), *root_nodes(), *authoritative_nodes(), *public_resolvers(), *behaving_resolvers(),
                 *web_servers()]
    for number, node in enumerate(everybody):
        node.number = number
    return everybody
