"""A service of the dyndns2 protocol: Basic login, several names in a call, one line for each in their order.

Habits: `families` is apart, listed (myip=v4,v6) or named (myipv4, myipv6; a family that is not given is taken away unless
it is `preserve`, as deSEC does); `statuses` answers badauth with HTTP 401.
"""
from .dyndns import DynDNSService, address


class Service(DynDNSService):
    defaults = {"user": "user", "password": "dyndns2-password", "path": "/nic/update", "families": "apart"}

    def handle(self, request):
        if request.path != self.settings["path"] or request.method != "GET":
            return None
        self.check_agent(request)
        if request.basic_login() != (self.settings["user"], self.settings["password"]):
            return self.words("badauth", 401 if self.settings.get("statuses") else 200)
        names = [name for name in request.query.get("hostname", "").split(",") if name]
        if not names or any("." not in name for name in names):
            return self.words("notfqdn")
        if len(names) > 20:
            return self.words("numhost")
        return self.words("\n".join(self.update(name.lower(), request) for name in names))

    def update(self, name, request):
        if not any(self.get(name, kind) for kind in ("A", "AAAA")):
            return "nohost"
        if self.settings["families"] == "named":
            return self.update_named(name, request)
        given = [text for text in request.query.get("myip", "").split(",") if text] or [request.client]
        if not all(address(text) for text in given):
            return "dnserr"
        lines = [self.set_address(name, text).split(" ") for text in given]
        failed = next((line[0] for line in lines if len(line) == 1), None)
        word = "good" if any(line[0] == "good" for line in lines) else "nochg"
        return failed or word + " " + ",".join(line[1] for line in lines)

    def update_named(self, name, request):
        words = []
        for kind, parameters in (("A", ("myipv4", "myip")), ("AAAA", ("myipv6",))):
            text = next((request.query[each] for each in parameters if request.query.get(each)), None)
            if text == "preserve":
                continue
            if text:
                words.append(self.set_address(name, text).split(" ")[0])
            elif self.get(name, kind):
                self.put(name, kind, 60, [])
                words.append("good")
        return next((word for word in words if word not in ("good", "nochg")), None) or (
            "good" if "good" in words else "nochg")
