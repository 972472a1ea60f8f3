"""Moto's Route 53 (PyPI) behind a proxy that logs requests, can misbehave on command, and tells of what was changed."""
import http.client
import os
import re
import subprocess
import time
import xml.etree.ElementTree as ElementTree

from .core import Reply, Service as Base
from .powerdns import die_with_parent, free_port

NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/"
# Moto does not look at signatures, but takes what has none for another service.
AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=0"


class Service(Base):
    defaults = {"zone": "example.org", "zone_id": ""}

    def __init__(self, settings):
        self.port = free_port()
        python = os.environ.get("DNSCONVERGE_MOTO_PYTHON", "python3")
        self.process = subprocess.Popen([python, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent)
        self.settings = {**self.defaults, **settings}
        body = (f'<CreateHostedZoneRequest xmlns="{NAMESPACE}"><Name>{self.settings["zone"]}.</Name>'
                "<CallerReference>1</CallerReference></CreateHostedZoneRequest>")
        self.zone_id = re.search(r"<Id>/hostedzone/(\w+)</Id>", self.first("/2013-04-01/hostedzone", body)).group(1)
        super().__init__(settings)

    def first(self, path, body):
        for _ in range(600):
            try:
                return self.ask("POST", path, body)[1]
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise SystemExit("moto.server does not start")

    def ask(self, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, target, body, headers or {"Authorization": AUTHORIZATION})
        response = connection.getresponse()
        return response.status, response.read().decode()

    def handle(self, request):
        # The zone's identifier is chosen by moto; ours in settings stands for it.
        target = request.target.replace("/hostedzone/" + self.settings["zone_id"] + "/", f"/hostedzone/{self.zone_id}/")
        headers = {name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length")}
        if request.method == "POST" and (fault := self.mismatch(request.body)):
            return Reply(400, f'<ErrorResponse xmlns="{NAMESPACE}"><Error><Type>Sender</Type><Code>InvalidChangeBatch</Code>'
                         f"<Message>[{fault}]</Message></Error></ErrorResponse>", {"Content-Type": "text/xml"})
        status, body = self.ask(request.method, target, replacing(request.body) or None, headers)
        if request.method == "POST" and status == 200:
            self.changed = changes(request.body)
        return Reply(status, body, {"Content-Type": "text/xml"})

    def mismatch(self, body):
        """Moto lets go what once was there; the real service deletes only what is there now, and says this else."""
        present = self.snapshot()
        for change in ElementTree.fromstring(body).iter(tag("Change")):
            told = rrset(change.find(tag("ResourceRecordSet")))
            if change.findtext(tag("Action")) == "DELETE" and told not in present:
                return (f"Tried to delete resource record set [name='{told['name']}.', type='{told['type']}'] but the values "
                        "provided do not match the current values")
        return None

    def put(self, name, kind, ttl, values, told=True):
        records = "".join(f"<ResourceRecord><Value>{value}</Value></ResourceRecord>" for value in values)
        body = (f'<ChangeResourceRecordSetsRequest xmlns="{NAMESPACE}"><ChangeBatch><Changes><Change><Action>UPSERT</Action>'
                f"<ResourceRecordSet><Name>{name}.</Name><Type>{kind}</Type><TTL>{ttl}</TTL><ResourceRecords>{records}"
                "</ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>")
        self.ask("POST", f"/2013-04-01/hostedzone/{self.zone_id}/rrset", body)

    def snapshot(self):
        body = self.ask("GET", f"/2013-04-01/hostedzone/{self.zone_id}/rrset")[1]
        return [rrset(each) for each in ElementTree.fromstring(body).iter(tag("ResourceRecordSet"))]


def replacing(body):
    """The same, with a deletion and a creation of one RRset as the replacement that they are: moto refuses to create again
    what it once had, though it is deleted in the same batch."""
    if b"<Action>DELETE</Action>" not in body:
        return body
    root = ElementTree.fromstring(body)
    batch = root.find(f"{tag('ChangeBatch')}/{tag('Changes')}")

    def key(change):
        told = rrset(change.find(tag("ResourceRecordSet")))
        return told["name"], told["type"]

    created = {key(change) for change in batch if change.findtext(tag("Action")) == "CREATE"}
    for change in list(batch):
        action = change.find(tag("Action"))
        if action.text == "DELETE" and key(change) in created:
            batch.remove(change)
            created.discard(key(change))
            next(each for each in batch if key(each) == key(change)).find(tag("Action")).text = "UPSERT"
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root)


def changes(body):
    """The RRsets as a batch leaves them; of several changes of one, the last."""
    last = {}
    for change in ElementTree.fromstring(body).iter(tag("Change")):
        told = rrset(change.find(tag("ResourceRecordSet")))
        if change.findtext(tag("Action")) == "DELETE":
            told["values"] = []
        last[told["name"], told["type"]] = told
    return list(last.values())


def rrset(element):
    return {"name": element.findtext(tag("Name")).rstrip(".").lower(), "type": element.findtext(tag("Type")),
            "ttl": int(element.findtext(tag("TTL")) or 0), "values": [value.text for value in element.iter(tag("Value"))]}


def tag(name):
    return f"{{{NAMESPACE}}}{name}"
