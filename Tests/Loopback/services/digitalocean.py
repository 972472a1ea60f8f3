"""api.digitalocean.com: single records with numbers for identifiers."""
from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "digitalocean-token", "zone": "example.org"}

    def __init__(self, settings):
        self.records = {}
        self.last_id = 0
        super().__init__(settings)

    def put(self, name, kind, ttl, values, told=True):
        name = name.lower().rstrip(".")
        same = [key for key, record in self.records.items() if (record["name"], record["type"]) == (name, kind)]
        for identifier in same:
            del self.records[identifier]
        for value in values:
            self.add(name, kind, ttl, value)

    def add(self, name, kind, ttl, value):
        self.last_id += 1
        self.records[str(self.last_id)] = {
            "id": self.last_id, "type": kind, "name": name, "data": value, "ttl": ttl, "priority": None}
        return self.records[str(self.last_id)]

    def snapshot(self):
        return [{**record, "content": record["data"]} for record in self.records.values()]

    def handle(self, request):
        if request.headers.get("Authorization") != f"Bearer {self.settings['token']}":
            return self.failure(401, "Unauthorized", "Unable to authenticate you")
        parts = request.segments
        if parts[:2] != ["v2", "domains"] or len(parts) not in (4, 5) or parts[3] != "records":
            return self.failure(404, "not_found", "The resource you were accessing could not be found.")
        if parts[2] != self.settings["zone"]:
            return self.failure(404, "not_found", "The resource you were accessing could not be found.")
        if len(parts) == 4:
            return self.list(request) if request.method == "GET" else self.create(request.json())
        record = self.records.get(parts[4])
        if record is None:
            return self.failure(404, "not_found", "The resource you were accessing could not be found.")
        if request.method == "DELETE":
            del self.records[parts[4]]
            self.tell(record)
            return Reply(204)
        order = request.json()
        self.check(order)
        record.update({key: order[key] for key in ("data", "ttl") if key in order})
        self.tell(record)
        return Reply(200, {"domain_record": self.shown(record)})

    def list(self, request):
        kind, name = request.query.get("type"), request.query.get("name")
        records = [self.shown(record) for record in self.records.values()
                   if kind in (None, record["type"]) and name in (None, record["name"])]
        size, page = int(request.query.get("per_page", 20)), int(request.query.get("page", 1))
        return Reply(200, {"domain_records": records[(page - 1) * size:page * size], "meta": {"total": len(records)}})

    def create(self, order):
        self.check(order)
        zone = self.settings["zone"]
        name = zone if order["name"] == "@" else f"{order['name']}.{zone}"
        record = self.add(name, order["type"], order.get("ttl", 1800), order["data"])
        self.tell(record)
        return Reply(201, {"domain_record": self.shown(record)})

    def check(self, order):
        if order.get("ttl", 1800) < 30:
            raise self.failure(422, "unprocessable_entity", "Ttl is too small.")

    def shown(self, record):
        zone = self.settings["zone"]
        name = "@" if record["name"] == zone else record["name"].removesuffix("." + zone)
        return {**record, "name": name}

    def tell(self, changed):
        same = [record for record in self.records.values()
                if (record["name"], record["type"]) == (changed["name"], changed["type"])]
        self.changed.append({"name": changed["name"], "type": changed["type"], "ttl": changed["ttl"],
                             "values": [record["data"] for record in same]})

    def failure(self, status, identifier, message):
        return Reply(status, {"id": identifier, "message": message, "request_id": "1"})
