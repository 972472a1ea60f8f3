"""What HE and other services of the dyndns2 protocol have in common: HTTP 200, and a word that says what happened."""
import ipaddress

from .core import Reply, Service


def address(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


class DynDNSService(Service):
    #: After so many updates in a row that change nothing the record is locked.
    patience = 5

    def __init__(self, settings):
        super().__init__(settings)
        self.idle = {}
        self.locked = set()

    def control(self, order):
        if order.get("unlock"):
            self.idle, self.locked = {}, set()

    def words(self, text, status=200):
        return Reply(status, text + "\n")

    def check_agent(self, request):
        if not request.headers.get("User-Agent"):
            raise self.words("badagent")

    def set_address(self, name, text):
        """Sets the record that the address's family tells; the words of the answer."""
        value = address(text)
        kind = "A" if value.version == 4 else "AAAA"
        return self.set_value(name, kind, str(value))

    def set_value(self, name, kind, value):
        present = self.get(name, kind)
        if present is None:
            return "nohost"
        if name in self.locked:
            return "abuse"
        separator = self.settings.get("separator", " ")
        if present["values"] == [value]:
            self.idle[name] = self.idle.get(name, 0) + 1
            if self.idle[name] > self.patience:
                self.locked.add(name)
                return "abuse"
            return f"nochg{separator}{value}"
        self.idle[name] = 0
        self.put(name, kind, present["ttl"], [value])
        return f"good{separator}{value}"
