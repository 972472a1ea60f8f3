"""desec.io/api/v1: RRsets, written in lists; the least TTL is the domain's."""
from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "desec-token", "zone": "example.org", "minimum_ttl": 60}

    def handle(self, request):
        if request.headers.get("Authorization") != f"Token {self.settings['token']}":
            return Reply(401, {"detail": "Invalid token."})
        parts = request.segments
        if parts[:3] != ["api", "v1", "domains"] or len(parts) < 5 or parts[4] != "rrsets":
            return Reply(404, {"detail": "Not found."})
        if parts[3] != self.settings["zone"]:
            return Reply(404, {"detail": "Not found."})
        if len(parts) == 7 and request.method == "GET":
            return self.show(parts[5], parts[6])
        if len(parts) == 5 and request.method in ("PATCH", "PUT"):
            return self.write(request.json())
        return Reply(405, {"detail": "Method not allowed."})

    def show(self, sub, kind):
        name = self.full_name("" if sub == "@" else sub)
        present = self.get(name, kind)
        if present is None:
            return Reply(404, {"detail": "Not found."})
        return Reply(200, self.shown("" if sub == "@" else sub, kind, present))

    def write(self, order):
        if not isinstance(order, list):
            return Reply(400, {"non_field_errors": ["Expected a list of items."]})
        for rrset in order:
            if rrset["subname"] == "@":
                return Reply(400, [{"subname": ["Subname can only use (lowercase) a-z, 0-9, ., -, and _."]}])
            if rrset["records"] and rrset["ttl"] < self.settings["minimum_ttl"]:
                return Reply(400, [{"ttl": [f"Ensure this value is at least {self.settings['minimum_ttl']}."]}])
        shown = []
        for rrset in order:
            name = self.full_name(rrset["subname"])
            self.put(name, rrset["type"], rrset["ttl"], rrset["records"])
            if rrset["records"]:
                shown.append(self.shown(rrset["subname"], rrset["type"], self.get(name, rrset["type"])))
        return Reply(200, shown)

    def shown(self, sub, kind, rrset):
        name = self.full_name(sub) + "."
        return {"domain": self.settings["zone"], "subname": sub, "name": name, "type": kind, "ttl": rrset["ttl"],
                "records": rrset["values"], "created": "2026-01-01T00:00:00Z", "touched": "2026-01-01T00:00:00Z"}

    def full_name(self, sub):
        return f"{sub}.{self.settings['zone']}" if sub else self.settings["zone"]
