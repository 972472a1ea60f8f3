"""www.duckdns.org/update: OK or KO, nothing else unless `verbose`."""
import ipaddress

from .core import Reply, Service as Base


class Service(Base):
    defaults = {"token": "duckdns-token", "zone": "duckdns.org"}

    def handle(self, request):
        if request.path != "/update" or request.method != "GET":
            return None
        query = request.query
        names = [f"{name}.{self.settings['zone']}" for name in query.get("domains", "").split(",") if name]
        known = all(self.get(name, "A") or self.get(name, "AAAA") for name in names)
        if query.get("token") != self.settings["token"] or not names or not known:
            return Reply(200, "KO")
        given = [text for text in (query.get("ip"), query.get("ipv6")) if text]
        if not given:
            given = [request.client]
        try:
            addresses = [ipaddress.ip_address(text) for text in given]
        except ValueError:
            return Reply(200, "KO")
        is_unchanged = True
        for name in names:
            for address in addresses:
                kind = "A" if address.version == 4 else "AAAA"
                present = self.get(name, kind)
                if present is None or present["values"] != [str(address)]:
                    self.put(name, kind, 60, [str(address)])
                    is_unchanged = False
        if query.get("verbose") != "true":
            return Reply(200, "OK")
        texts = {version: next((str(each) for each in addresses if each.version == version), "") for version in (4, 6)}
        return Reply(200, f"OK\n{texts[4]}\n{texts[6]}\n{'NOCHANGE' if is_unchanged else 'UPDATED'}")
