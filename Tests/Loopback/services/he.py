"""dyn.dns.he.net: one key for each record, which must exist; the address's family decides which record is meant."""
import time

from .dyndns import DynDNSService, address


class Service(DynDNSService):
    defaults = {"key": "he-record-key"}

    def __init__(self, settings):
        super().__init__(settings)
        self.text_updates = []

    def handle(self, request):
        if request.path != "/nic/update" or request.method not in ("GET", "POST"):
            return None
        self.check_agent(request)
        fields = {**request.query, **(request.form() if request.method == "POST" else {})}
        user, password = request.basic_login()
        name = fields.get("hostname", user).lower().rstrip(".")
        if "." not in name:
            return self.words("notfqdn")
        # Unknown names and wrong keys look alike from outside.
        if fields.get("password", password) != self.settings["key"]:
            return self.words("badauth")
        if "txt" in fields:
            return self.words(self.set_text(name, fields["txt"]))
        # Without an address the caller's own is set.
        text = fields.get("myip") or request.client
        return self.words(self.set_address(name, text) if address(text) else "badsys")

    def set_text(self, name, text):
        now = time.monotonic()
        self.text_updates = [then for then in self.text_updates if now - then < 120]
        if len(self.text_updates) >= 10:
            return "interval"
        self.text_updates.append(now)
        return self.set_value(name, "TXT", text)
