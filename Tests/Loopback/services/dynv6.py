"""dynv6.com/api/update: a line for people, and HTTP statuses."""
import ipaddress

from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "dynv6-token"}

    def handle(self, request):
        if request.path != "/api/update" or request.method != "GET":
            return None
        query = request.query
        if query.get("token") != self.settings["token"]:
            return Reply(401, "invalid authentication token")
        name = query.get("hostname", "")
        if not (self.get(name, "A") or self.get(name, "AAAA")):
            return Reply(404, "zone not found")
        given = [(version, kind, query[key]) for version, kind, key in ((4, "A", "ipv4"), (6, "AAAA", "ipv6")) if key in query]
        if not given:
            return Reply(400, "missing address")
        is_changed = False
        for version, kind, text in given:
            try:
                address = ipaddress.ip_address(request.client if text == "auto" else text)
            except ValueError:
                return Reply(400, "invalid address")
            if address.version != version:
                return Reply(400, "invalid address")
            present = self.get(name, kind)
            if present is None or present["values"] != [str(address)]:
                self.put(name, kind, 60, [str(address)])
                is_changed = True
        return Reply(200, "addresses updated" if is_changed else "addresses unchanged")
