"""Knot Resolver: small caches, with DoT and DoH where the real resolver has them; also the one that filters."""

import urllib.parse

from .. import broken
from ..certificates import offers_encryption
from ..setup import program

SETTINGS = """
log_level('notice')
modules.unload('ta_update')
modules.unload('ta_signal_query')
modules.unload('detect_time_jump')
modules.unload('detect_time_skew')
modules.load('hints > iterate')
hints.root_file('{path}/root.hints')
trust_anchors.add('{anchor}')
cache.storage = 'lmdb://{directory}/cache'
cache.size = 10 * MB
"""


def prepare(setup, node):
    directory = setup.directory(node)
    text = SETTINGS.format(path=setup.path, directory=directory, anchor=setup.anchor)
    text += "".join(f"net.listen('{address}', 53, {{ kind = 'dns' }})\n" for address in node.addresses)
    if offers_encryption(node):
        certificate, key = setup.certificate(node)
        text += f"net.tls('{certificate}', '{key}')\n"
        for address in node.addresses:
            text += f"net.listen('{address}', 853, {{ kind = 'tls' }})\n"
            text += f"net.listen('{address}', 443, {{ kind = 'doh2' }})\n"
    if cap := node.settings.get("ttl_cap"):
        text += f"cache.max_ttl({cap})\n"
    if not node.settings.get("ipv6", True):
        text += "net.ipv6 = false\n"
    if node.settings.get("filters"):
        text += filtering()
    (directory / "kresd.conf").write_text(text)
    return [program("kresd"), "-n", "-c", directory / "kresd.conf", directory]


def filtering():
    names = ", ".join(f"todname('{name}.')" for name in broken.filtered_zones())
    return f"policy.add(policy.suffix(policy.DENY_MSG('filtered', kres.extended_error.FILTERED), {{ {names} }}))\n"


def flush(setup, node, name):
    """What to send to the control socket."""
    return f"cache.clear('{name}.')" if name else "cache.clear()"
