"""A small directory, on loopback, for the tests of sign-in: it gives out codes and signs tokens as a real one does."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils.timezone import now
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KID = "case-transfer", "only for tests", "key-1"


class Directory:
    """`claims` are put over those of a good token; `key` may be exchanged for a thief's."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.published = self.key.public_key()
        self.claims, self.codes, self.trouble = {}, {}, []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def consent(self, address, tenant, oid):
        """The person says yes in the directory: the query with which the browser comes back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked | {"tid": str(tenant), "oid": str(oid)}
        return {"code": code, "state": asked["state"]}

    def token(self, form):
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or form["client_secret"] != SECRET:
            self.trouble.append("refused")
            return None
        at = int(now().timestamp())
        claims = {
            "iss": f"{self.url}/{asked['tid']}", "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": asked["nonce"],
            "tid": asked["tid"], "oid": asked["oid"], "sub": "somebody",
        } | self.claims  # fmt: skip
        return {"access_token": "none", "id_token": jwt.encode(claims, self.key, "RS256", {"kid": KID})}

    def _handler(directory):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                key = json.loads(RSAAlgorithm.to_jwk(directory.published)) | {"kid": KID, "alg": "RS256", "use": "sig"}
                self.answer({"keys": [key]})

            def do_POST(self):
                words = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.answer(directory.token({name: values[0] for name, values in parse_qs(words).items()}))

            def answer(self, found):
                self.send_response(200 if found else 400)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

            def log_message(self, *args):
                pass

        return Handler
