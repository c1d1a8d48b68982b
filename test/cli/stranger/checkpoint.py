"""Checkpoints (signed notes) and the keys that sign them."""
import base64
import re

from bad import Bad
from ed25519 import is_signed
from merkle import sha256


def from_base64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 in another form than its own")
    return data


def hashes(value):
    if not isinstance(value, list) or len(value) > 64:
        raise ValueError("not a proof")
    return [from_base64(each) for each in value]


def from_base64url(text):
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise ValueError("not base64url")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Checkpoint:
    def __init__(self, text):
        """Of a signed note, or of a body alone. ValueError for any other text."""
        body, found, rest = text.rpartition("\n\n")
        self.body = body + "\n" if found else text
        lines = self.body.split("\n")
        if len(lines) < 4 or lines[-1] != "" or not re.fullmatch(r"0|[1-9][0-9]{0,14}", lines[1]):
            raise ValueError("not a checkpoint")
        self.origin, self.size, self.root = lines[0], int(lines[1]), from_base64(lines[2])
        parts = self.origin.split("/")
        if len(parts) < 3 or parts[0] != "bulkhead" or len(self.root) != 32:
            raise ValueError("not a checkpoint")
        self.tenant = parts[1]
        self.signatures = []
        if rest.count("\n") > 100:
            raise ValueError("too many signatures")
        for line in rest.split("\n")[:-1] if found else []:
            dash, name, blob = line.split(" ")
            if dash != "\u2014":
                raise ValueError("not a signature line")
            self.signatures.append((name, from_base64(blob)))


class Key:
    def __init__(self, text):
        self.name, self.id, blob = text.strip().split("+", 2)
        data = from_base64(blob)
        if len(data) != 33 or data[0] != 1 or sha256(self.name.encode() + b"\n" + data)[:4].hex() != self.id:
            raise ValueError("not a key")
        self.public = data[1:]


def check_signature(checkpoint, key):
    """`valid`, or a fault; without a key what can be said without."""
    if key is None:
        return "unchecked" if checkpoint.signatures else "none"
    mine = [blob[4:] for name, blob in checkpoint.signatures if name == key.name and blob[:4].hex() == key.id]
    if key.name != checkpoint.origin or not mine:
        raise Bad(checkpoint.size, "wrong key", "The checkpoint is not signed by this key.")
    if not all(is_signed(key.public, checkpoint.body.encode(), signature) for signature in mine):
        raise Bad(checkpoint.size, "changed", "The signature is not of this checkpoint.")
    return "valid"


def check_kept(checkpoint, kept):
    if kept.tenant != checkpoint.tenant:
        raise Bad(checkpoint.size, "forked", "The kept checkpoint is of another company.")
    if kept.size > checkpoint.size:
        raise Bad(checkpoint.size + 1, "truncated", "The kept checkpoint covers more entries.")
    if kept.size == checkpoint.size and kept.root != checkpoint.root:
        raise Bad(checkpoint.size, "forked", "The kept checkpoint is of other entries.")
