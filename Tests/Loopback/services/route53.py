"""Amazon Route 53: signatures are verified with botocore, and a change is PENDING before it is INSYNC."""
import copy
import re
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from .core import Reply, Service as Base

NAMESPACE = "https://route53.amazonaws.com/doc/2013-04-01/"


class Verification(SigV4Auth):
    """Takes the headers that the client has signed; botocore itself would leave some of them out."""

    def headers_to_sign(self, request):
        return request.headers


class Service(Base):
    defaults = {
        "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        "zone_id": "Z1D633PJN98FT9", "zone": "example.org", "pending": 1,
        "page_size": 300}

    def __init__(self, settings):
        super().__init__(settings)
        self.pending = {}
        self.busy = 0
        self.count = 0

    def control(self, order):
        # How many change requests are refused because an earlier one is not complete.
        self.busy = order.get("prior_incomplete", self.busy)

    def handle(self, request):
        self.check_signature(request)
        parts = request.segments
        if parts[:2] == ["2013-04-01", "hostedzone"] and len(parts) == 4 and parts[3] == "rrset":
            if parts[2] != self.settings["zone_id"]:
                return self.failure(404, "NoSuchHostedZone", f"No hosted zone found with ID: {parts[2]}")
            return self.change(request) if request.method == "POST" else self.list(request)
        if parts[:2] == ["2013-04-01", "change"] and len(parts) == 3:
            return self.change_state(parts[2])
        return self.failure(404, "UnknownOperationException", "")

    def check_signature(self, request):
        pattern = r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)"
        match = re.fullmatch(pattern, request.headers.get("Authorization", ""))
        if not match:
            raise self.failure(403, "MissingAuthenticationToken", "Missing Authentication Token")
        scope, signed, signature = match.groups()
        key, day, region, service, _ = scope.split("/")
        if key != self.settings["access_key_id"]:
            raise self.failure(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
        token = self.settings.get("session_token")
        if token and request.headers.get("X-Amz-Security-Token") != token:
            raise self.failure(403, "ExpiredToken", "The security token included in the request is expired")
        credentials = Credentials(key, self.settings["secret_access_key"])
        names = signed.split(";")
        if "host" not in names or "x-amz-date" not in names or token and "x-amz-security-token" not in names:
            raise self.failure(403, "SignatureDoesNotMatch", "A header is not signed.")
        url = f"http://{request.headers['Host']}{request.target}"
        headers = {name: request.headers[name] for name in names}
        expected = AWSRequest(method=request.method, url=url, data=request.body, headers=headers)
        expected.context["timestamp"] = request.headers["X-Amz-Date"]
        auth = Verification(credentials, service, region)
        canonical = auth.canonical_request(expected)
        if auth.signature(auth.string_to_sign(expected, canonical), expected) != signature:
            message = "The request signature we calculated does not match the signature you provided."
            raise self.failure(403, "SignatureDoesNotMatch", message)
        if region != "us-east-1" or service != "route53" or not request.headers["X-Amz-Date"].startswith(day):
            raise self.failure(403, "SignatureDoesNotMatch", "Credential should be scoped to us-east-1 and route53.")

    def list(self, request):
        name, kind = request.query.get("name", "").rstrip(".").lower(), request.query.get("type", "")
        limit = min(int(request.query.get("maxitems", 300)), self.settings["page_size"])
        rrsets = [each for each in self.snapshot() if (order(each["name"]), each["type"]) >= (order(name), kind)]
        rrsets.sort(key=lambda each: (order(each["name"]), each["type"]))
        body = "".join(self.rrset_xml(each) for each in rrsets[:limit])
        following = "".join(
            f"<NextRecordName>{escape(each['name'])}.</NextRecordName><NextRecordType>{each['type']}</NextRecordType>"
            for each in rrsets[limit:limit + 1])
        return self.xml(200, "ListResourceRecordSetsResponse",
                        f"<ResourceRecordSets>{body}</ResourceRecordSets>"
                        f"<IsTruncated>{'true' if len(rrsets) > limit else 'false'}</IsTruncated>{following}<MaxItems>{limit}</MaxItems>")

    def rrset_xml(self, rrset):
        if rrset["values"] == ["ALIAS"]:
            inner = "<AliasTarget><HostedZoneId>Z2</HostedZoneId><DNSName>x.example.</DNSName></AliasTarget>"
        else:
            records = "".join(
                f"<ResourceRecord><Value>{escape(value)}</Value></ResourceRecord>" for value in rrset["values"])
            inner = f"<TTL>{rrset['ttl']}</TTL><ResourceRecords>{records}</ResourceRecords>"
        # The service writes an asterisk in octal.
        name = escape(rrset["name"].replace("*", "\\052"))
        return f"<ResourceRecordSet><Name>{name}.</Name><Type>{rrset['type']}</Type>{inner}</ResourceRecordSet>"

    def change(self, request):
        if self.busy > 0:
            self.busy -= 1
            return self.failure(400, "PriorRequestNotComplete", "The request was rejected because Route 53 was still "
                                "processing a prior request.")
        try:
            root = ElementTree.fromstring(request.body)
        except ElementTree.ParseError:
            return self.failure(400, "MalformedInput", "Unparseable XML")
        before, faults = copy.deepcopy(self.rrsets), []
        for change in root.iter(tag("Change")):
            fault = self.apply(change)
            if fault:
                faults.append(fault)
        if faults:
            self.rrsets, self.changed = before, []
            return self.invalid_batch(faults)
        self.count += 1
        identifier = f"C{self.count:013d}"
        self.pending[identifier] = self.settings["pending"]
        return self.change_info("ChangeResourceRecordSetsResponse", identifier)

    def apply(self, change):
        """Makes one change; what is wrong with it, or nothing."""
        action, rrset = change.findtext(tag("Action")), change.find(tag("ResourceRecordSet"))
        name, kind = rrset.findtext(tag("Name")).rstrip(".").lower(), rrset.findtext(tag("Type"))
        ttl = int(rrset.findtext(tag("TTL")) or 0)
        values = [each.text for each in rrset.iter(tag("Value"))]
        present = self.get(name, kind)
        told = f"resource record set [name='{name}.', type='{kind}']"
        if name != self.settings["zone"] and not name.endswith("." + self.settings["zone"]):
            return f"RRSet with DNS name {name}. is not permitted in zone {self.settings['zone']}."
        if action == "CREATE" and present:
            return f"Tried to create {told} but it already exists"
        if action == "DELETE" and not present:
            return f"Tried to delete {told} but it was not found"
        if action == "DELETE" and (sorted(present["values"]) != sorted(values) or present["ttl"] != ttl):
            return f"Tried to delete {told} but the values provided do not match the current values"
        self.put(name, kind, ttl, [] if action == "DELETE" else values)
        return None

    def put(self, name, kind, ttl, values, told=True):
        super().put(name, kind, ttl, values, told)
        # Within a batch only the outcome counts.
        last = {(change["name"], change["type"]): change for change in self.changed}
        self.changed = list(last.values())

    def change_state(self, identifier):
        if identifier not in self.pending:
            return self.failure(404, "NoSuchChange", f"Could not find resource with ID: {identifier}")
        self.pending[identifier] -= 1
        return self.change_info("GetChangeResponse", identifier)

    def change_info(self, root, identifier):
        state = "PENDING" if self.pending[identifier] >= 0 and self.settings["pending"] else "INSYNC"
        if root == "GetChangeResponse" and self.pending[identifier] < 0:
            state = "INSYNC"
        return self.xml(200, root, f"<ChangeInfo><Id>/change/{identifier}</Id><Status>{state}</Status>"
                        "<SubmittedAt>2026-01-01T00:00:00.000Z</SubmittedAt></ChangeInfo>")

    def invalid_batch(self, faults):
        if self.settings.get("old_errors"):
            messages = "".join(f"<Message>{escape(fault)}</Message>" for fault in faults)
            return self.xml(400, "InvalidChangeBatch", f"<Messages>{messages}</Messages><RequestId>1</RequestId>")
        return self.failure(400, "InvalidChangeBatch", "[" + ", ".join(faults) + "]")

    def failure(self, status, code, message):
        return self.xml(status, "ErrorResponse", f"<Error><Type>Sender</Type><Code>{code}</Code>"
                        f"<Message>{escape(message)}</Message></Error><RequestId>1</RequestId>")

    def xml(self, status, root, inner):
        body = f'<?xml version="1.0"?>\n<{root} xmlns="{NAMESPACE}">{inner}</{root}>'
        return Reply(status, body, {"Content-Type": "text/xml"})


def tag(name):
    return f"{{{NAMESPACE}}}{name}"


def order(name):
    """Route 53 lists names by their labels from the right."""
    return list(reversed(name.split(".")))
