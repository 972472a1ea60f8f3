"""The providers, each with what stands for its service in the lab."""
import json
import os
import subprocess

from .daemon import SERVERS
from .dns import DNS, NAME, ZONE
from .dns import SERVERS as AUTHORITY
from .service import Service

FIRST = SERVERS["charlie"]


class Rig:
    """A provider and its service: what a configuration says of it, and what the service has taken.

    `refusal` is a fault that only a person can mend; `calls` is how many calls a change takes at least.
    """

    kind, ttl, refusal, compares_and_sets, calls = "", None, None, False, 1
    #: Of the loopback service, and its settings.
    service_kind, service_settings, record_ttl, publishes = None, {}, 5, True

    def __init__(self, directory):
        self.directory = directory
        self.dns = DNS(directory, "bind" if self.publishes else None, [f"{NAME}. {self.record_ttl} IN A {FIRST}"])
        self.service = Service(
            self.service_kind or self.name(), directory, self.dns, self.service_settings,
            [{"name": NAME, "type": "A", "ttl": self.record_ttl, "values": [FIRST]}, *self.more_records()],
            publishes=self.publishes, environment=dict(os.environ))
        self.dns.ready(FIRST)

    @classmethod
    def name(cls):
        return cls.__name__.lower()

    @classmethod
    def obstacle(cls):
        """What is missing here; None when nothing is."""
        return None

    def more_records(self):
        return []

    def yaml(self):
        secret = self.directory / "secret"
        secret.touch(0o600)
        secret.write_text(self.secret)
        settings = ", ".join(f"{key}: {json.dumps(value)}" for key, value in self.settings(f"file:{secret}").items())
        return f"{{kind: {self.kind or self.name()}, url: {json.dumps(self.service.url)}, {settings}}}"

    def writes(self):
        return self.service.writes()

    def taken(self):
        return self.service.taken()

    def end(self):
        self.service.end()
        self.dns.end()


class HE(Rig):
    secret, service_settings = "he-record-key", {"key": "he-record-key"}
    refusal = {"status": 200, "body": "badauth\n"}

    def settings(self, secret):
        return {"key": secret, "min_interval": "1s"}


class DynDNS2(Rig):
    secret, service_settings = "dyndns2-password", {}
    refusal = {"status": 200, "body": "abuse\n"}

    def settings(self, secret):
        return {"server": "example.test", "user": "user", "password": secret, "min_interval": "1s"}


class Cloudflare(Rig):
    secret, service_settings = "cf-token-0123456789", {"zone": ZONE}
    ttl, record_ttl, compares_and_sets, calls = 60, 60, True, 2
    refusal = {"status": 403, "body": json.dumps({"success": False, "errors": [{"code": 10000, "message": "Authentication"}],
                                                  "messages": [], "result": None})}

    def settings(self, secret):
        return {"token": secret, "zone": ZONE}


class Route53(Rig):
    secret, service_settings = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", {"zone": ZONE}
    compares_and_sets, calls = True, 2
    refusal = {"status": 403, "body": "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"}

    def settings(self, secret):
        return {"zone_id": "Z1D633PJN98FT9", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": secret}

    @classmethod
    def obstacle(cls):
        return missing_module("/usr/bin/python3", "botocore")


class Moto(Route53):
    kind = "route53"
    service_settings = {"zone": ZONE, "zone_id": "Z1D633PJN98FT9"}

    @classmethod
    def obstacle(cls):
        return missing_module(os.environ.get("DNSCONVERGE_MOTO_PYTHON", "python3"), "moto.server")


class PowerDNS(Rig):
    secret, publishes, calls = "pdns-api-key", False, 2
    service_settings = {"zone": ZONE, "nameservers": [f"ns1.{ZONE}.", f"ns2.{ZONE}."], "dns_addresses": list(AUTHORITY)}
    refusal = {"status": 401, "body": "Unauthorized"}

    def more_records(self):
        return [{"name": f"ns{number + 1}.{ZONE}", "type": "A", "ttl": 60, "values": [address]}
                for number, address in enumerate(AUTHORITY)]

    def settings(self, secret):
        return {"zone": ZONE, "key": secret}


class BIND(Rig):
    """Dynamic updates, with nothing between."""

    ttl, compares_and_sets, primary = 5, True, "bind"

    def __init__(self, directory):
        self.directory = directory
        self.dns = DNS(directory, self.primary, [f"{NAME}. 5 IN A {FIRST}"])
        self.dns.ready(FIRST)
        self.start = self.dns.serial()

    def yaml(self, server=AUTHORITY[0]):
        return f"{{kind: rfc2136, zone: {ZONE}, server: {server}, key: 'file:{self.dns.key_file}'}}"

    def writes(self):
        """One for each version of the zone: what was refused makes none."""
        return [None] * (self.dns.serial() - self.start)

    def taken(self):
        return self.dns.added()

    def end(self):
        self.dns.end()


class Knot(BIND):
    primary = "knot"

    def taken(self):
        return self.writes()


def missing_module(python, module):
    found = subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    return None if found else f"{module} for {python}"


ALL = {rig.name(): rig for rig in (BIND, Knot, PowerDNS, Route53, Moto, HE, DynDNS2, Cloudflare)}
