"""NSD: a root, a TLD, and a secondary by NOTIFY and IXFR."""

from ..setup import program

SERVER = """
server:
    username: ""
    zonesdir: "{directory}"
    database: ""
    zonelistfile: "{directory}/zone.list"
    xfrdfile: "{directory}/xfrd.state"
    xfrdir: "{directory}"
    pidfile: ""
    server-count: 1
    hide-version: no
    nsid: "ascii_{name}"
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
    xfrd-reload-timeout: 0
    tcp-count: 100
    {listen}
remote-control:
    control-enable: yes
    control-interface: {directory}/control
key:
    name: transfer
    algorithm: hmac-sha256
    secret: "{secret}"
"""


def prepare(setup, node):
    directory = setup.directory(node)
    listen = "\n    ".join(f"ip-address: {address}" for address in node.addresses)
    text = SERVER.format(directory=directory, name=node.name, listen=listen, secret=setup.transfer_secret)
    for zone, kind in setup.zones_on(node):
        text += f'zone:\n    name: "{zone.apex or "."}"\n'
        if kind == "unloaded":
            # A secondary whose primary was never there: it answers SERVFAIL.
            text += f"    request-xfr: {setup.namespace.hosts['silent.odd.net'][0]} transfer\n"
            continue
        text += f"    zonefile: {setup.write_zone(node, zone, kind)}\n"
        if kind == "secondary":
            text += _transfers(setup.primary(zone))
    (directory / "nsd.conf").write_text(text)
    return [program("nsd"), "-d", "-c", directory / "nsd.conf"]


def _transfers(primary):
    # PowerDNS has no IXFR, and has the transfer key for none of its zones.
    if primary.make == "pdns":
        return f"    allow-notify: {primary.first(4)} NOKEY\n    request-xfr: AXFR {primary.first(4)} NOKEY\n"
    return f"    allow-notify: {primary.first(4)} transfer\n    request-xfr: {primary.first(4)} transfer\n"


def refresh(setup, node, zones):
    """Commands that make it look for a newer version at its primary, now."""
    base = [program("nsd-control"), "-c", setup.directory(node) / "nsd.conf", "transfer"]
    return [[*base, zone] for zone in zones] if zones else [base]
