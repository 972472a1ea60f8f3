"""What all loopback services share: HTTP, the log, faults on command, and telling a DNS server of changes."""
import base64
import http.server
import json
import os
import queue
import shlex
import socketserver
import subprocess
import sys
import threading
import time
import urllib.parse


class Reply(Exception):
    """An answer; raised from anywhere below `handle` to end it."""

    def __init__(self, status, body="", headers=None):
        super().__init__(status)
        self.status = status
        self.headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            self.headers.setdefault("Content-Type", "application/json")
            body = json.dumps(body)
        self.headers.setdefault("Content-Type", "text/plain")
        self.body = body.encode()


class Request:
    def __init__(self, method, target, headers, body, client):
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.client = client
        parts = urllib.parse.urlsplit(target)
        self.path = parts.path
        self.query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))

    @property
    def segments(self):
        return [urllib.parse.unquote(part) for part in self.path.strip("/").split("/")]

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Reply(400, "malformed JSON")

    def form(self):
        return dict(urllib.parse.parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    def basic_login(self):
        """User and password, or two empty texts."""
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        try:
            user, _, password = base64.b64decode(token).decode().partition(":") if scheme == "Basic" else ("", "", "")
        except ValueError:
            return "", ""
        return user, password


class Service:
    """A service's state and its answers. `handle` runs under a lock: one request at a time."""

    #: Credentials and the like for which the settings may give others.
    defaults = {}

    def __init__(self, settings):
        self.settings = {**self.defaults, **settings}
        self.changed = []
        self.rrsets = {}
        for record in self.settings.get("records", []):
            self.put(record["name"], record["type"], record.get("ttl", 300), record["values"], told=False)

    def handle(self, request):
        raise NotImplementedError

    def control(self, order):
        """Does what a test orders, besides `records` and `faults`."""

    def get(self, name, kind):
        return self.rrsets.get((name.lower().rstrip("."), kind))

    def put(self, name, kind, ttl, values, told=True):
        """Replaces an RRset; without values it goes."""
        key = (name.lower().rstrip("."), kind)
        if values:
            self.rrsets[key] = {"ttl": ttl, "values": list(values)}
        else:
            self.rrsets.pop(key, None)
        if told:
            self.changed.append({"name": key[0], "type": kind, "ttl": ttl, "values": list(values)})

    def snapshot(self):
        return [{"name": name, "type": kind, **rrset} for (name, kind), rrset in sorted(self.rrsets.items())]


class Fault:
    """What goes wrong with the next requests: an answer instead of the service's, silence, or half an answer."""

    def __init__(self, order):
        self.count = order.get("count", 1)
        self.methods = order.get("methods")
        self.path = order.get("path", "")
        #: answer, hang, drop, half
        self.kind = order.get("kind", "answer")
        #: Whether the service acts on the request all the same.
        self.acts = order.get("acts", False)
        self.reply = Reply(order.get("status", 500), order.get("body", ""), order.get("headers"))

    def takes(self, request):
        if self.methods and request.method not in self.methods or self.path not in request.path:
            return False
        self.count -= 1
        return True


class Primary:
    """A primary name server that gets every change by dynamic update, as a provider's own servers do."""

    def __init__(self, place, key_file):
        host, _, port = place.rpartition(":") if place.count(":") == 1 else (place, "", "")
        self.server = f"server {host} {port}"
        self.arguments = ["nsupdate"] + (["-k", key_file] if key_file else [])

    def publish(self, change):
        name, kind = change["name"] + ".", change["type"]
        lines = [self.server, f"update delete {name} {kind}"]
        lines += [f"update add {name} {change['ttl']} {kind} {value}" for value in change["values"]]
        script = "\n".join(lines + ["send", ""])
        done = subprocess.run(self.arguments, input=script, text=True, capture_output=True, check=False)
        if done.returncode:
            print(f"nsupdate: {done.stderr.strip()}", file=sys.stderr, flush=True)


class State:
    def __init__(self, service, kind, options):
        self.service = service
        self.kind = kind
        self.lock = threading.Lock()
        self.faults = []
        #: RRsets that somebody else sets just before the next request that is to change something.
        self.rivals = []
        self.count = 0
        #: How many seconds late answers leave: what was read is older then.
        self.delay = 0
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644) if options.log else None
        self.command = shlex.split(options.on_change) if options.on_change else None
        self.primary = Primary(options.nsupdate, options.key_file) if options.nsupdate else None
        self.changes = queue.Queue()
        if self.command or self.primary:
            threading.Thread(target=self.tell_changes, daemon=True).start()

    def answer(self, request):
        """The reply and the fault that changes it, if any."""
        arrived = time.monotonic()
        with self.lock:
            if request.path == "/_control":
                return self.control(request), None
            fault = next((fault for fault in self.faults if fault.takes(request)), None)
            self.faults = [fault for fault in self.faults if fault.count > 0]
            if request.method != "GET":
                for record in self.rivals:
                    self.put(record)
                self.rivals = []
            self.service.changed = []
            reply = fault.reply if fault and not fault.acts else self.ask(request)
            if fault and fault.kind == "answer":
                reply = fault.reply
            self.note(request, reply, fault, arrived)
            for change in self.service.changed:
                self.changes.put(change)
            return reply, fault

    def put(self, record):
        self.service.put(record["name"], record["type"], record.get("ttl", 300), record["values"], told=False)

    def ask(self, request):
        try:
            reply = self.service.handle(request)
            return reply if isinstance(reply, Reply) else Reply(404, "Not Found")
        except Reply as reply:
            return reply

    def control(self, request):
        if request.method == "POST":
            order = request.json()
            for record in order.get("records", []):
                self.put(record)
            self.rivals = order.get("rivals", self.rivals)
            self.delay = order.get("delay", self.delay)
            if "faults" in order:
                self.faults = [Fault(fault) for fault in order["faults"]]
            self.service.control(order)
        return Reply(200, {"requests": self.count, "records": self.service.snapshot()})

    def note(self, request, reply, fault, arrived):
        self.count += 1
        if self.log is None:
            return
        line = {
            "arrived": arrived, "time": time.monotonic(), "service": self.kind, "number": self.count, "method": request.method,
            "path": request.path, "status": reply.status, "reply": reply.body.decode()[:200],
            "changed": self.service.changed, "fault": fault.kind if fault else None,
        }
        os.write(self.log, (json.dumps(line) + "\n").encode())

    def tell_changes(self):
        while True:
            change = self.changes.get()
            if self.primary:
                self.primary.publish(change)
            if self.command:
                arguments = [change["name"], str(change["ttl"]), change["type"], *change["values"]]
                subprocess.run(self.command + arguments, stdout=subprocess.DEVNULL, check=False)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        request = Request(self.command, self.path, self.headers, body, self.client_address[0])
        reply, fault = self.server.state.answer(request)
        if self.server.state.delay:
            time.sleep(self.server.state.delay)
        kind = fault.kind if fault else "answer"
        if kind == "hang":
            # Until the client has gone.
            self.connection.recv(1)
        if kind in ("hang", "drop"):
            self.close_connection = True
            return
        self.send_response(reply.status)
        if kind == "half" and not reply.body:
            # Not even the whole status.
            self.wfile.write(self._headers_buffer[0][:10])
            self.wfile.flush()
            self._headers_buffer, self.close_connection = [], True
            return
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) + (1000 if kind == "half" else 0)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
        self.wfile.flush()
        self.close_connection = self.close_connection or kind == "half"

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = respond

    def log_message(self, format, *arguments):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        # HTTPServer's own looks the host's name up.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]


def serve(service, kind, options):
    server = Server((options.address, options.port), Handler)
    server.state = State(service, kind, options)
    print(f"listening on http://{options.address}:{server.server_port}", flush=True)
    server.serve_forever()
