"""api.cloudflare.com/client/v4: records with identifiers, pages, batches that are made whole or not at all."""
import copy

from .core import Reply, Service as Base

ZONE_ID = "023e105f4ecef8ad9ca31a8372d0c353"


class Service(Base):
    defaults = {"token": "cf-token-0123456789", "zone": "example.org", "zone_id": ZONE_ID, "page": 100}

    def __init__(self, settings):
        self.records = {}
        self.last_id = 0
        self.fenced_rival = None
        super().__init__(settings)

    # Records are single here: the base class's RRsets are made of them.
    def put(self, name, kind, ttl, values, told=True, **extra):
        name = name.lower().rstrip(".")
        for identifier in [key for key, record in self.records.items() if (record["name"], record["type"]) == (name, kind)]:
            del self.records[identifier]
        for value in values:
            self.add({"name": name, "type": kind, "content": value, "ttl": ttl})

    def control(self, order):
        # Another engine changes a record, and its fence with it, just before the next batch.
        self.fenced_rival = order.get("fenced_rival", self.fenced_rival)
        # Like a person on the dashboard.
        for record in order.get("cloudflare_records", []):
            self.add(record)
        if "proxied" in order:
            for record in self.records.values():
                record["proxied"] = order["proxied"]
                record["ttl"] = 1

    def snapshot(self):
        return list(self.records.values())

    def add(self, fields):
        self.last_id += 1
        identifier = f"{self.last_id:032x}"
        record = {"id": identifier, "name": "", "type": "A", "content": "", "ttl": 1, "proxied": False, "comment": None,
                  "tags": [], **fields}
        self.records[identifier] = record
        return record

    def handle(self, request):
        if not request.path.startswith("/"):
            return None
        self.check_login(request)
        parts = request.segments
        if parts == ["zones"] and request.method == "GET":
            zone = {"id": self.settings["zone_id"], "name": self.settings["zone"], "status": "active"}
            wanted = request.query.get("name")
            return self.page([zone] if wanted in (None, zone["name"]) else [], request)
        if parts[:1] != ["zones"] or len(parts) < 3 or parts[2] != "dns_records":
            return self.failure(404, 7003, "Could not route to the path")
        if parts[1] != self.settings["zone_id"]:
            return self.failure(404, 7003, "Could not route to the zone, perhaps your object identifier is invalid")
        return self.handle_records(request, parts[3:])

    def handle_records(self, request, parts):
        if not parts and request.method == "GET":
            return self.page(self.found(request), request)
        if self.fenced_rival and request.method != "GET":
            self.overtake(self.fenced_rival)
            self.fenced_rival = None
        before = copy.deepcopy(self.records)
        try:
            if parts == ["batch"] and request.method == "POST":
                result = self.batch(request.json())
            elif not parts and request.method == "POST":
                result = self.post(request.json())
            elif parts and request.method in ("PATCH", "PUT", "DELETE"):
                result = self.edit(request.method, parts[0], request.json() if request.method != "DELETE" else {})
            else:
                return self.failure(405, 10405, "Method not allowed")
        except Reply:
            self.records = before
            raise
        self.tell(before)
        return Reply(200, {"success": True, "errors": [], "messages": [], "result": result}, self.limits())

    def overtake(self, rival):
        """What another engine's batch does: the record is changed, and its fence replaced."""
        fence = "_dnsconverge." + rival["name"]
        for identifier, record in list(self.records.items()):
            if (record["name"], record["type"]) == (fence, "TXT"):
                del self.records[identifier]
            elif (record["name"], record["type"]) == (rival["name"], "A"):
                record["content"] = rival["content"]
        self.add({"name": fence, "type": "TXT", "content": '"dnsconverge changes this record"'})

    def batch(self, order):
        result = {}
        for key, method in (("deletes", "DELETE"), ("patches", "PATCH"), ("puts", "PUT")):
            result[key] = [self.edit(method, item["id"], item) for item in order.get(key, [])]
        result["posts"] = [self.post(item) for item in order.get("posts", [])]
        return result

    def post(self, fields):
        self.check(fields)
        same = ("name", "type", "content")
        if any(all(record[key] == fields[key] for key in same) for record in self.records.values()):
            raise self.failure(400, 81058, "An identical record already exists.")
        return self.add(fields)

    def edit(self, method, identifier, fields):
        record = self.records.get(identifier)
        if record is None:
            raise self.failure(404, 81044, "Record does not exist.")
        if method == "DELETE":
            del self.records[identifier]
            return {"id": identifier}
        fields = {key: value for key, value in fields.items() if key != "id"}
        if method == "PUT":
            # Whatever is left out goes back to its default.
            record.update({"ttl": 1, "proxied": False, "comment": None, "tags": []})
        self.check({**record, **fields})
        record.update(fields)
        return record

    def check(self, fields):
        ttl = fields.get("ttl", 1)
        if ttl != 1 and not 60 <= ttl <= 86400:
            raise self.failure(400, 9021, "Invalid TTL. Must be between 60 and 86400 seconds, or 1 for Automatic.")
        if fields.get("proxied") and ttl != 1:
            raise self.failure(400, 9022, "Proxied records have an automatic TTL.")
        if not fields["name"].endswith(self.settings["zone"]):
            raise self.failure(400, 1004, "DNS Validation Error")

    def found(self, request):
        name, kind = request.query.get("name.exact"), request.query.get("type")
        return [record for record in self.records.values()
                if name in (None, record["name"]) and kind in (None, record["type"])]

    def page(self, elements, request):
        size = min(int(request.query.get("per_page", 100)), self.settings["page"])
        number = int(request.query.get("page", 1))
        shown = elements[(number - 1) * size:number * size]
        info = {"page": number, "per_page": size, "count": len(shown), "total_count": len(elements)}
        # Some lists do not tell how many pages there are: an empty one is the end.
        if not self.settings.get("uncounted"):
            info["total_pages"] = max(1, -(-len(elements) // size))
        return Reply(200, {"success": True, "errors": [], "messages": [], "result": shown, "result_info": info},
                     self.limits())

    def limits(self):
        remaining = self.settings.get("remaining", 1000)
        return {"Ratelimit": f'"default";r={remaining};t=30', "Ratelimit-Policy": '"default";q=1200;w=300'}

    def check_login(self, request):
        if request.headers.get("Authorization") != f"Bearer {self.settings['token']}":
            raise self.failure(403, 10000, "Authentication error")

    def failure(self, status, code, message):
        errors = [{"code": code, "message": message}]
        return Reply(status, {"success": False, "errors": errors, "messages": [], "result": None})

    def tell(self, before):
        """Notes the RRsets that are others than before."""
        def rrsets(records):
            sets = {}
            for record in records.values():
                sets.setdefault((record["name"], record["type"]), []).append((record["content"], record["ttl"]))
            return sets

        old, new = rrsets(before), rrsets(self.records)
        for key in sorted(set(old) | set(new)):
            if old.get(key) != new.get(key):
                values = new.get(key, [])
                ttl = 300 if not values or values[0][1] == 1 else values[0][1]
                self.changed.append({"name": key[0], "type": key[1], "ttl": ttl, "values": [value for value, _ in values]})
