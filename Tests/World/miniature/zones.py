"""What the zones of the miniature Internet hold, and which servers have them."""

import dataclasses
import urllib.parse

from . import broken, internet

SECONDS_IN_DAY = 86400
POOL = [f"z{number:02}.net" for number in range(1, 41)]
WITH_POWERDNS = POOL[30:]
ON_KNOT = [f"k{number:02}.net" for number in range(1, 5)]
# A test that lets caches deny a record needs the time to look at them.
LONG_DENIALS = {"z05.net": 15}
ON_POWERDNS = [f"p{number:02}.net" for number in range(1, 5)]


@dataclasses.dataclass
class Zone:
    """A zone; names without the last dot, the root is the empty name.

    `on` says what each node has of it: `primary`, `secondary`, or the name of a version (`current` and others) that it
    holds as a file of its own. `versions` are changes to the records, by name of the version.
    """

    apex: str
    nameservers: list
    on: dict
    records: list = dataclasses.field(default_factory=list)
    parent_nameservers: list = None
    glue: dict = dataclasses.field(default_factory=dict)
    minimum: int = 5
    serial: int = 1000
    signed: str = None
    versions: dict = dataclasses.field(default_factory=dict)
    delegations: list = dataclasses.field(default_factory=list)

    def add(self, owner, ttl, kind, *values):
        self.records += [(owner, ttl, kind, value) for value in values]

    def text(self, version="current"):
        """The master file of one version."""
        change = self.versions.get(version, {})
        serial = change.get("serial", self.serial)
        primary = self.nameservers[0] if self.nameservers else "invalid"
        replaced = {(owner, kind) for owner, _, kind, _ in change.get("records", [])}
        kept = [record for record in self.records if (record[0], record[2]) not in replaced]
        lines = [
            f"{self.apex}. 3600 IN SOA {primary}. hostmaster.{primary}. "
            f"{serial} {SECONDS_IN_DAY} 7200 3600000 {self.minimum}"
        ]
        lines += [f"{self.apex}. {SECONDS_IN_DAY} IN NS {name}." for name in self.nameservers]
        lines += [f"{owner}. {ttl} IN {kind} {value}" for owner, ttl, kind, value in kept + change.get("records", [])]
        lines += self.delegations
        return "\n".join(lines) + "\n"


def is_below(name, apex):
    return apex == "" or name == apex or name.endswith("." + apex)


class Namespace:
    """All zones, and the addresses of hosts in them."""

    def __init__(self):
        self.zones = {}
        self.hosts = {}

    def zone(self, *arguments, **keywords):
        zone = Zone(*arguments, **keywords)
        self.zones[zone.apex] = zone
        return zone

    def enclosing(self, name, strictly=False):
        """The lowest zone that a name is in (strictly: without being its apex)."""
        above = [apex for apex in self.zones if is_below(name, apex) and not (strictly and apex == name)]
        return self.zones[max(above, key=len)]

    def add_host(self, name, addresses, ttl=SECONDS_IN_DAY):
        self.hosts[name] = addresses
        for address in addresses:
            self.enclosing(name).add(name, ttl, "AAAA" if ":" in address else "A", address)

    def delegate_all(self):
        """Puts each zone's NS records, and glue for the names inside the parent, into its parent."""
        for zone in self.zones.values():
            if not zone.apex:
                self._glue(zone, zone)
                continue
            parent = self.enclosing(zone.apex, strictly=True)
            names = zone.nameservers if zone.parent_nameservers is None else zone.parent_nameservers
            parent.delegations += [f"{zone.apex}. {SECONDS_IN_DAY * 2} IN NS {name}." for name in names]
            self._glue(zone, parent)
        for zone in self.zones.values():
            zone.delegations = list(dict.fromkeys(zone.delegations))

    def _glue(self, zone, parent):
        names = zone.nameservers if zone.parent_nameservers is None else zone.parent_nameservers
        for name in names:
            # Where the parent itself has the address, there is nothing to glue.
            if not is_below(name, parent.apex) or self.enclosing(name) is parent:
                continue
            for address in zone.glue.get(name, self.hosts.get(name, [])):
                kind = "AAAA" if ":" in address else "A"
                parent.delegations.append(f"{name}. {SECONDS_IN_DAY * 2} IN {kind} {address}")


def build():
    """The whole namespace, delegated from the root."""
    namespace = Namespace()
    letters = [f"{letter}.root-servers.net" for letter in internet.ROOT_SERVERS]
    roots = dict.fromkeys(internet.ROOT_NODES, "current")
    gtlds, gtld_nodes = ["a.gtld-servers.net", "b.gtld-servers.net"], {"tld1": "current", "tld2": "current"}
    namespace.zone("", letters, roots, signed="valid", minimum=SECONDS_IN_DAY)
    namespace.zone("root-servers.net", letters, roots)
    namespace.zone("com", gtlds, gtld_nodes, signed="valid", minimum=900)
    namespace.zone("net", gtlds, gtld_nodes, signed="valid", minimum=900)
    namespace.zone("gtld-servers.net", gtlds, gtld_nodes)
    namespace.zone("org", ["a.nic.org"], {"tld3": "current"}, signed="valid", minimum=900)
    add_story(namespace)
    add_pool(namespace)
    add_resolver_names(namespace)
    namespace.zone("odd.net", ["ns1.he.net", "ns2.he.net"], {"ns1": "current", "ns2": "current"})
    broken.add_all(namespace)
    for letter, addresses in internet.ROOT_SERVERS.items():
        namespace.add_host(f"{letter}.root-servers.net", list(addresses))
    for name, (_, addresses) in internet.NAME_SERVERS.items():
        namespace.add_host(name, addresses)
    namespace.delegate_all()
    return namespace


def add_story(namespace):
    """okerr's failover record: a CNAME that people use, and the dynamic record behind it."""
    three = {"ns1": "current", "ns2": "current", "ns3": "current"}
    namespace.zone("he.net", ["ns1.he.net", "ns2.he.net", "ns3.he.net", "ns4.he.net"], {**three, "ns4": "current"})
    okerr = namespace.zone("okerr.com", ["ns1.okerr.com", "ns2.okerr.com"],
                           {"ns1": "primary", "ns3": "secondary", "ns4": "secondary"}, minimum=60)
    okerr.add("cat.okerr.com", 300, "CNAME", "cat.he.okerr.com.")
    okerr.add("okerr.com", 300, "A", "116.202.27.149")
    dynamic = namespace.zone("he.okerr.com", ["ns1.he.net", "ns2.he.net", "ns3.he.net"],
                             {"ns1": "primary", "ns2": "secondary", "ns3": "secondary"})
    dynamic.add("cat.he.okerr.com", 15, "A", "116.202.27.149")


def add_pool(namespace):
    """Forty zones for tests to change, ten of them on PowerDNS too, and some with another primary than BIND."""
    for index, apex in enumerate(POOL, 1):
        names = ["ns1.he.net", "ns2.he.net", "ns3.he.net"]
        on = {"ns1": "primary", "ns2": "secondary", "ns3": "secondary"}
        if apex in WITH_POWERDNS:
            names, on = [*names, "ns4.he.net"], {**on, "ns4": "secondary"}
        fill(namespace.zone(apex, names, on, minimum=LONG_DENIALS.get(apex, 5)), index)
    for index, apex in enumerate(ON_KNOT, 41):
        fill(namespace.zone(apex, ["ns3.he.net", "ns2.he.net"], {"ns3": "primary", "ns2": "secondary"}), index)
    for index, apex in enumerate(ON_POWERDNS, 45):
        fill(namespace.zone(apex, ["ns4.he.net", "ns2.he.net"], {"ns4": "primary", "ns2": "secondary"}), index)


def fill(zone, index):
    apex = zone.apex
    zone.add(apex, 10, "A", f"192.0.2.{index}")
    zone.add(apex, 10, "MX", f"10 mail.{apex}.")
    zone.add(f"www.{apex}", 10, "A", f"192.0.2.{index}")
    zone.add(f"www.{apex}", 10, "AAAA", f"2001:db8::{index}")
    zone.add(f"mail.{apex}", 10, "A", f"198.51.100.{index}")
    zone.add(f"text.{apex}", 10, "TXT", '"v=spf1 -all"')
    zone.add(f"alias.{apex}", 10, "CNAME", f"www.{apex}.")
    zone.add(f"slow.{apex}", 300, "A", f"203.0.113.{index}")


def add_resolver_names(namespace):
    """The host names of the public resolvers' DoT and DoH, so that a walk finds their addresses."""
    for node in internet.public_resolvers():
        doh = urllib.parse.urlsplit(node.settings.get("doh") or "").hostname
        for name in filter(None, {doh, node.settings.get("dot")}):
            tld = name.rsplit(".", 1)[-1]
            if tld not in namespace.zones:
                namespace.zone(tld, ["a.nic.org"], {"tld3": "current"})
            namespace.add_host(name, node.addresses, ttl=300)
