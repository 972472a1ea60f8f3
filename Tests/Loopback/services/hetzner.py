"""api.hetzner.cloud: RRsets whose values and TTL are changed by actions, each of which must be asked about."""
import re

from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "hetzner-cloud-token", "zone": "example.org", "polls": 1}

    def __init__(self, settings):
        super().__init__(settings)
        self.actions = {}
        self.failing = False

    def control(self, order):
        self.failing = order.get("fail_actions", self.failing)

    def handle(self, request):
        if request.headers.get("Authorization") != f"Bearer {self.settings['token']}":
            return self.failure(401, "unauthorized", "the provided token is invalid")
        parts = request.segments
        if parts[:2] == ["v1", "actions"] and len(parts) == 3 and request.method == "GET":
            return self.poll(parts[2])
        if parts[:2] != ["v1", "zones"] or len(parts) < 4 or parts[2] != self.settings["zone"] or parts[3] != "rrsets":
            return self.failure(404, "not_found", "zone not found")
        if len(parts) == 4 and request.method == "POST":
            return self.create(request.json())
        if len(parts) not in (6, 8):
            return self.failure(404, "not_found", "not found")
        name, kind = self.full_name(parts[4]), parts[5]
        present = self.get(name, kind)
        if present is None:
            return self.failure(404, "not_found", "rrset not found")
        if len(parts) == 6:
            return self.show(name, kind, present) if request.method == "GET" else self.delete(name, kind)
        return self.act(parts[7], name, kind, present, request.json())

    def create(self, order):
        name = self.full_name(order["name"])
        if self.get(name, order["type"]):
            return self.failure(409, "uniqueness_error", "rrset already exists")
        return self.set(name, order["type"], order["ttl"], self.values(order), 201)

    def act(self, action, name, kind, present, order):
        if action == "set_records":
            return self.set(name, kind, present["ttl"], self.values(order), 201)
        if action == "change_ttl":
            return self.set(name, kind, order["ttl"], present["values"], 201)
        return self.failure(404, "not_found", "no such action")

    def set(self, name, kind, ttl, values, status):
        if not isinstance(ttl, int) or not 60 <= ttl <= 2147483647:
            return self.failure(422, "invalid_input", "ttl must be between 60 and 2147483647")
        if not self.failing:
            self.put(name, kind, ttl, values)
        return Reply(status, {"action": self.begin()})

    def delete(self, name, kind):
        self.put(name, kind, 0, [])
        return Reply(201, {"action": self.begin()})

    def begin(self):
        identifier = len(self.actions) + 1
        self.actions[str(identifier)] = self.settings["polls"]
        return self.action(str(identifier), "running")

    def action(self, identifier, state):
        error = {"code": "action_failed", "message": "Action failed"} if state == "error" else None
        return {"id": int(identifier), "command": "set_rrset_records", "status": state, "progress": 0, "error": error}

    def poll(self, identifier):
        if identifier not in self.actions:
            return self.failure(404, "not_found", "action not found")
        self.actions[identifier] -= 1
        state = "running" if self.actions[identifier] >= 0 else "error" if self.failing else "success"
        return Reply(200, {"action": self.action(identifier, state)})

    def show(self, name, kind, present):
        records = [{"value": value, "comment": ""} for value in present["values"]]
        rrset = {"id": f"{name}/{kind}", "name": name, "type": kind, "ttl": present["ttl"], "records": records}
        return Reply(200, {"rrset": rrset})

    def values(self, order):
        values = [record["value"] for record in order["records"]]
        if not values or not all(re.fullmatch(r"\S.*", value) for value in values):
            raise self.failure(422, "invalid_input", "invalid input in field 'records'")
        return values

    def full_name(self, name):
        return self.settings["zone"] if name == "@" else f"{name}.{self.settings['zone']}"

    def failure(self, status, code, message):
        return Reply(status, {"error": {"code": code, "message": message, "details": None}})
