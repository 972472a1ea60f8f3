"""How a project's indicators are, as okerr's API tells it: the director, the filter of those that are fine, and each one."""
import time

from .core import Reply, Service as Base


class Service(Base):
    defaults = {"textid": "okrrdm", "key": "okerr-api-key", "indicators": ["charlie:cat", "echo:cat", "bravo:cat"]}

    def __init__(self, settings):
        super().__init__(settings)
        self.indicators = {name: {"status": "OK", "maintenance": None, "disabled": False, "problem": False}
                           for name in self.settings["indicators"]}

    def control(self, order):
        # {"indicators": {"charlie:cat": {"status": "ERR"}}}
        for name, members in order.get("indicators", {}).items():
            self.indicators[name].update(members)

    def handle(self, request):
        parts = request.segments
        textid = self.settings["textid"]
        if parts == ["api", "director", textid]:
            return Reply(200, f"http://{request.headers['Host']}/\n")
        if request.headers.get("X-API-Key") != self.settings["key"]:
            return Reply(401, "wrong key")
        if parts[:3] == ["api", "filter", textid]:
            fine = [name for name, each in self.indicators.items()
                    if each["status"] == "OK" and not each["maintenance"] and not each["problem"]]
            return Reply(200, "".join(f"{name}\n" for name in fine))
        if parts[:3] == ["api", "indicator", textid] and len(parts) == 4:
            indicator = self.indicators.get(parts[3])
            if indicator is None:
                return Reply(404, "no such indicator")
            now = time.time()
            return Reply(200, {"name": parts[3], "updated": now, "expected": now + 60, "patience": 60, "details": "",
                               **indicator})
        return None
