"""BIND 9: the primary with dynamic updates, a root, a TLD, and caches."""

import urllib.parse

from .. import internet
from ..certificates import offers_encryption
from ..setup import program

COMMON = """
include "rndc.conf";
controls {{ inet 127.0.0.1 port 953 allow {{ 127.0.0.1; }} keys {{ rndc; }}; }};
options {{
    directory "{directory}"; managed-keys-directory "{directory}"; pid-file none; session-keyfile none; lock-file none;
    {listen}
    max-cache-size 8m; recursive-clients 200; tcp-clients 200; minimal-responses no-auth-recursive;
    {options}
}};
"""
PRIMARY = """
    recursion no; allow-query-cache { none; }; dnssec-validation no; empty-zones-enable no;
    notify explicit; notify-delay 0; notify-rate 1000; startup-notify-rate 1000; serial-query-rate 1000;
    allow-transfer { key transfer; }; transfers-out 100; max-journal-size 1m; minimal-any yes;
"""


def prepare(setup, node):
    directory = setup.directory(node)
    (directory / "rndc.conf").write_text(
        f'key rndc {{ algorithm hmac-sha256; secret "{setup.transfer_secret}"; }};\n')
    parts = _cache(setup, node) if node.role == internet.RESOLVER else _authoritative(setup, node)
    options, rest, listen = parts
    text = COMMON.format(directory=directory, listen=listen + _listen(node), options=options) + rest
    (directory / "named.conf").write_text(text)
    return [program("named"), "-g", "-c", directory / "named.conf", "-n", "1", "-U", "1"]


def _addresses(node, version):
    return " ".join(f"{address};" for address in node.addresses if (":" in address) == (version == 6))


def _listen(node):
    return f"listen-on {{ {_addresses(node, 4)} }}; listen-on-v6 {{ {_addresses(node, 6)} }};"


def _authoritative(setup, node):
    keys = "".join(f'key {name} {{ algorithm hmac-sha256; secret "{secret}"; }};\n' for name, secret in
                   (("transfer", setup.transfer_secret), ("world-update", setup.update_secret)))
    zones = ""
    for zone, kind in setup.zones_on(node):
        file = setup.write_zone(node, zone, kind)
        settings = f'type primary; file "{file}";'
        if kind == "primary":
            secondaries = setup.secondaries(zone)
            signed = " ".join(f"{each.first(4)} key transfer;" for each in secondaries if each.make != "pdns")
            plain = " ".join(f"{each.first(4)};" for each in secondaries if each.make == "pdns")
            allowed = " ".join(f"{address};" for each in secondaries if each.make == "pdns" for address in each.own)
            settings += f" also-notify {{ {signed} {plain} }}; allow-transfer {{ key transfer; {allowed} }};"
            settings += " allow-update { key world-update; };"
        zones += f'zone "{zone.apex or "."}" {{ {settings} }};\n'
    return PRIMARY, keys + zones, ""


def _cache(setup, node):
    options = "recursion yes; allow-query { any; }; allow-recursion { any; }; allow-query-cache { any; }; prefetch 0;"
    options += f" dnssec-validation {'yes' if node.settings.get('validate', True) else 'no'};"
    if identity := node.settings.get("identity"):
        options += f' server-id "{identity}";'
    if cap := node.settings.get("ttl_cap"):
        options += f" max-cache-ttl {cap};"
    rest = f'zone "." {{ type hint; file "{setup.path}/root.hints"; }};\n'
    _, _, _, tag, algorithm, digest, *data = setup.anchor.split()
    rest += f'trust-anchors {{ . static-ds {tag} {algorithm} {digest} "{"".join(data)}"; }};\n'
    listen = ""
    if offers_encryption(node):
        certificate, key = setup.certificate(node)
        path = urllib.parse.urlsplit(node.settings["doh"]).path
        rest += f'tls world {{ cert-file "{certificate}"; key-file "{key}"; }};\n'
        rest += f'http world {{ endpoints {{ "{path}"; }}; }};\n'
        for version, word in ((4, "listen-on"), (6, "listen-on-v6")):
            listen += f"{word} port 853 tls world {{ {_addresses(node, version)} }};"
            listen += f"{word} port 443 tls world http world {{ {_addresses(node, version)} }};"
    return options, rest, listen


def control(setup, node, *words):
    """The command that tells the running server something, to be run in its namespace."""
    return [program("rndc"), "-s", "127.0.0.1", "-k", setup.directory(node) / "rndc.conf", *words]


def flush(setup, node, name):
    return control(setup, node, "flushtree", name) if name else control(setup, node, "flush")
