"""api.gandi.net/v5/livedns: an RRset at each path."""
from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "gandi-access-token", "zone": "example.org"}

    def handle(self, request):
        if request.headers.get("Authorization") not in (
                f"Bearer {self.settings['token']}", f"Apikey {self.settings['token']}"):
            return self.failure(401, "The server could not verify that you authorized to access the document")
        parts = request.segments
        if parts[:3] != ["v5", "livedns", "domains"] or len(parts) != 7 or parts[4] != "records":
            return self.failure(404, "The resource could not be found.")
        if parts[3] != self.settings["zone"]:
            return self.failure(404, "Unknown domain")
        name = parts[3] if parts[5] == "@" else f"{parts[5]}.{parts[3]}"
        present = self.get(name, parts[6])
        if request.method == "PUT":
            return self.write(name, parts[6], request.json())
        if present is None:
            return self.failure(404, "Can't find the DNS record")
        if request.method == "DELETE":
            self.put(name, parts[6], 0, [])
            return Reply(204)
        return Reply(200, {"rrset_name": parts[5], "rrset_type": parts[6], "rrset_ttl": present["ttl"],
                           "rrset_values": present["values"], "rrset_href": ""})

    def write(self, name, kind, order):
        if not 300 <= order.get("rrset_ttl", 10800) <= 2592000:
            errors = [{"location": "body", "name": "rrset_ttl", "description": "must be between 300 and 2592000"}]
            return Reply(400, {"status": "error", "errors": errors})
        self.put(name, kind, order.get("rrset_ttl", 10800), order["rrset_values"])
        return Reply(201, {"message": "DNS Record Created"})

    def failure(self, status, message):
        return Reply(status, {"code": status, "message": message, "object": "HTTPError", "cause": "Error"})
