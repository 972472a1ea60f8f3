"""Web servers for health checks, one at every address of 127.0.0.0/8, which fail when they are told to."""
import socket
import socketserver
import threading
import time

PORT = 8080


class Sites:
    def __init__(self):
        self.failing, self.answers = set(), []
        sites = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                address = self.request.getsockname()[0]
                while b"\r\n\r\n" not in (data := self.request.recv(4096)):
                    if not data:
                        return
                self.request.sendall(sites.page(address))

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads, request_queue_size = True, True, 256

        self.server = Server(("0.0.0.0", PORT), Handler)
        self.server.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, address):
        failing = address in self.failing
        line, body = ("503 Service Unavailable", b"status=ERR\n") if failing else ("200 OK", b"status=OK\n")
        # Just before it is sent: what comes of it comes after this.
        self.answers.append((time.monotonic(), address, not failing))
        return f"HTTP/1.1 {line}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body

    def fail(self, *addresses):
        self.failing |= set(addresses)

    def heal(self, *addresses):
        self.failing -= set(addresses) if addresses else set(self.failing)

    def since(self, time, address, is_well):
        """When an address has answered so since then."""
        return [at for at, where, well in self.answers if at >= time and where == address and well == is_well]

    def end(self):
        self.server.shutdown()
        self.server.server_close()
