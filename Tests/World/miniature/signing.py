"""Signs the zones that are to be signed, from the leaves to the root, with BIND's tools."""

import concurrent.futures
import pathlib
import tempfile
import time

from .setup import program, run

DAY = 86400


def _stamp(seconds):
    return time.strftime("%Y%m%d%H%M%S", time.gmtime(seconds))


def _sign(zone, directory, validity):
    """Signs one zone with a key of its own; returns the signed text and its DS records."""
    origin = f"{zone.apex}."
    place = pathlib.Path(tempfile.mkdtemp(dir=directory))
    key = run([program("dnssec-keygen"), "-q", "-K", place, "-a", "ECDSAP256SHA256", "-f", "KSK", origin]).strip()
    public = (place / f"{key}.key").read_text()
    dnskey = next(line for line in public.splitlines() if " DNSKEY " in line)
    (place / "plain").write_text(zone.text() + dnskey.replace(" IN ", " 3600 IN ", 1) + "\n")
    start, end = (_stamp(time.time() + offset) for offset in validity)
    run([program("dnssec-signzone"), "-q", "-P", "-z", "-K", place, "-d", place, "-s", start, "-e", end, "-o", origin,
         "-f", place / "signed", place / "plain", key], cwd=place)
    ds = [line for line in run([program("dnssec-dsfromkey"), "-2", place / f"{key}.key"]).splitlines() if line]
    return (place / "signed").read_text(), ds


def sign_all(setup):
    """Signs every zone that says so, puts DS records into parents, and sets the trust anchor."""
    validity = {"valid": (-DAY, 30 * DAY), "expired": (-60 * DAY, -30 * DAY)}
    to_sign = [zone for zone in setup.namespace.zones.values() if zone.signed]
    depth = lambda zone: zone.apex.count(".") + bool(zone.apex)
    with tempfile.TemporaryDirectory(dir=setup.path) as directory, concurrent.futures.ThreadPoolExecutor(4) as pool:
        for level in sorted({depth(zone) for zone in to_sign}, reverse=True):
            zones = [zone for zone in to_sign if depth(zone) == level]
            signed = pool.map(lambda zone: _sign(zone, directory, validity[zone.signed]), zones)
            for zone, (text, ds) in zip(zones, signed):
                setup.signed[zone.apex] = text
                if zone.apex:
                    setup.namespace.enclosing(zone.apex, strictly=True).delegations += ds
                else:
                    setup.anchor = ds[0]
