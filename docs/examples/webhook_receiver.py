"""Takes Relance's webhooks and believes only signed ones, with Python's standard library.

WEBHOOK_SECRET=whsec_… python3 docs/examples/webhook_receiver.py
"""
import base64
import hashlib
import hmac
import http.server
import os
import time

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE_SECONDS = 300
BODY_BYTES_MAX = 1_000_000


def is_signed(headers, body):
    """Standard Webhooks: HMAC-SHA-256 over id, timestamp and body; several signatures while a key is changed."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not timestamp.isdigit() or abs(time.time() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest("v1," + expected, one) for one in given)


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", "0"))
        body = self.rfile.read(length) if length <= BODY_BYTES_MAX else b""
        taken = is_signed(self.headers, body)
        if taken:
            # The same webhook-id may come again: remember it.
            print(self.headers["webhook-id"], body.decode(), flush=True)
        self.send_response(204 if taken else 400)
        self.end_headers()


server = http.server.HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "4100"))), Receiver)
print("listening on", server.server_port, flush=True)
server.serve_forever()
