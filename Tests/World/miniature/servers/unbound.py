"""Unbound: small caches, with DoT and DoH where the real resolver has them, and with habits on demand."""

import urllib.parse

from .. import broken
from ..certificates import offers_encryption
from ..setup import program

SERVER = """
server:
    username: ""
    chroot: ""
    directory: "{directory}"
    pidfile: ""
    use-syslog: no
    logfile: ""
    verbosity: 0
    num-threads: 1
    module-config: "{modules}"
    trust-anchor: "{anchor}"
    root-hints: "{path}/root.hints"
    access-control: 0.0.0.0/0 allow
    access-control: ::0/0 allow
    msg-cache-size: 512k
    rrset-cache-size: 1m
    key-cache-size: 128k
    neg-cache-size: 128k
    infra-cache-numhosts: 500
    outgoing-range: 256
    num-queries-per-thread: 128
    incoming-num-tcp: 20
    outgoing-num-tcp: 10
    so-rcvbuf: 0
    edns-buffer-size: 1232
    minimal-responses: yes
    ede: yes
    hide-version: yes
{settings}
remote-control:
    control-enable: yes
    control-interface: {directory}/control
"""


def prepare(setup, node):
    directory = setup.directory(node)
    text = SERVER.format(
        directory=directory, path=setup.path, anchor=setup.anchor,
        modules="validator iterator" if node.settings.get("validate", True) else "iterator",
        settings="".join(f"    {line}\n" for line in _settings(setup, node)))
    (directory / "unbound.conf").write_text(text)
    return [program("unbound"), "-d", "-p", "-c", directory / "unbound.conf"]


def _settings(setup, node):
    settings = node.settings
    if settings.get("transparent"):
        # Answers from whatever address it was asked at.
        yield "interface: 0.0.0.0"
        yield "interface: ::0"
        yield "interface-automatic: yes"
        yield "ip-transparent: yes"
    else:
        yield from (f"interface: {address}" for address in node.addresses)
    if settings.get("identity"):
        yield f'identity: "{settings["identity"]}"'
    else:
        yield "hide-identity: yes"
    if settings.get("nsid"):
        yield f'nsid: "ascii_{settings["nsid"]}"'
    if settings.get("ttl_cap"):
        yield f"cache-max-ttl: {settings['ttl_cap']}"
    if settings.get("ttl_floor"):
        yield f"cache-min-ttl: {settings['ttl_floor']}"
    if settings.get("serve_stale"):
        yield from ("serve-expired: yes", "serve-expired-ttl: 86400", "serve-expired-reply-ttl: 30",
                    "ede-serve-expired: yes")
    if not settings.get("ipv6", True):
        yield "do-not-query-address: ::/0"
    if settings.get("filters"):
        yield from (f'local-zone: "{name}." always_nxdomain' for name in broken.filtered_zones())
    if offers_encryption(node):
        yield from _encryption(setup, node)


def _encryption(setup, node):
    certificate, key = setup.certificate(node)
    yield from (f'tls-service-pem: "{certificate}"', f'tls-service-key: "{key}"', "tls-port: 853", "https-port: 443")
    yield f'http-endpoint: "{urllib.parse.urlsplit(node.settings["doh"]).path}"'
    for address in node.addresses:
        yield f"interface: {address}@853"
        yield f"interface: {address}@443"


def flush(setup, node, name):
    control = [program("unbound-control"), "-c", setup.directory(node) / "unbound.conf"]
    return [*control, "flush_zone", name] if name else [*control, "flush_zone", "."]
