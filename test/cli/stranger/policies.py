"""The policies that were in force, and their texts."""
import base64
import hashlib
import re

from bad import Bad
from canonical import read_json
from checkpoint import from_base64url, hashes
from ed25519 import is_signed
from entries import read_value
from merkle import is_included


def applied_by(entry):
    """`params` of an entry that put a policy in force; None for any other."""
    params = entry.get("params")
    version = params.get("version") if isinstance(params, dict) else None
    is_policy = entry.get("kind") == "policy.applied" and entry.get("customer", "") is None
    return params if is_policy and type(version) in (int, float) else None


def check_policies(lines, checkpoint, expected, are_all):
    """Place and `params` of each entry. `expected`: places and leaves of such entries in the bundle; `are_all`: it leaves none out."""
    found = []
    applied = []
    for line in lines:
        seq = 0
        try:
            value = read_json(line)
            entry, leaf = read_value(value["entry"])
            seq = entry["seq"]
            is_right = entry["leaf"] == leaf.hex()
            is_right = is_right and is_included(seq - 1, leaf, checkpoint.size, checkpoint.root, hashes(value["inclusion"]))
        except (ValueError, KeyError, TypeError):
            is_right = False
        if not is_right:
            raise Bad(seq, "changed", "An entry of policies.jsonl is not in the tree.")
        if entry["tenant"] != checkpoint.tenant or applied_by(entry) is None:
            raise Bad(seq, "inserted", "This entry put no policy in force.")
        if found and found[-1][0] >= seq:
            raise Bad(seq, "reordered", "The entries of policies.jsonl are not in order.")
        found.append((seq, leaf))
        applied.append((seq, applied_by(entry)))
    if found != expected if are_all else not set(expected) <= set(found):
        raise Bad(0, "changed", "policies.jsonl does not hold the entries that put a policy in force.")
    return applied


def check_policy(text, checkpoint, applied):
    """The verdict on policy.json and the hash of its text. `applied`: `params` of the last entry."""
    try:
        value = read_json(text)
        is_right = set(value) == {"version", "bundle", "tenantKey"} and is_signed_policy(value, checkpoint.tenant)
    except (ValueError, KeyError, TypeError):
        is_right = False
    if not is_right:
        raise Bad(0, "changed", "The policy is not signed by the company's key.")
    version, sha256 = value["version"], hash_of(value["bundle"])
    if applied is None or applied["version"] != version:
        raise Bad(0, "changed", "No entry says that this policy was in force at the end.")
    if "sha256" in applied and applied["sha256"] != sha256:
        raise Bad(0, "changed", "The policy is not the one that was put in force.")
    return {"version": version, "isRecorded": "sha256" in applied}, sha256


def is_signed_policy(value, tenant):
    """ValueError, KeyError or TypeError for what is none."""
    head, payload, signature = value["bundle"].split(".")
    header, said = read_json(from_base64url(head)), read_json(from_base64url(payload))
    key = from_base64url(value["tenantKey"])
    return (
        header["alg"] == "EdDSA"
        and header["typ"] == "bulkhead-bundle+jwt"
        and type(value["version"]) in (int, float)
        and said["version"] == value["version"]
        and said["tenant"]["id"] == tenant
        and base64.urlsafe_b64encode(key).decode().rstrip("=") == value["tenantKey"]
        and is_signed(key, (head + "." + payload).encode(), from_base64url(signature))
    )


def check_earlier(lines, applied, last, tenant):
    """How many policies were in force, and how many have their text here. `last`: the hash of that of policy.json."""
    named = {}  # Of each text, or of each version without one, where it was named first.
    for seq, params in applied:
        named.setdefault(sha256_in(params) or params["version"], (seq, params["version"]))
        if len(named) > 100_000:
            raise Bad(seq, "inserted", "There are more than 100,000 policies.")
    asked = [each for each in named if isinstance(each, str) and each != last]
    with_text = int(last in named)
    rest = lines if lines is not None else []
    for at, sha256 in enumerate(asked if lines is not None else []):
        seq, version = named[sha256]
        if at == len(rest):
            raise Bad(seq, "missing", "Nothing is said of the policy of this entry.")
        value = read_text(rest[at])
        if value is None:
            raise Bad(seq, "changed", "In the place of the policy of this entry is something else.")
        found = value["sha256"]
        if found != sha256:
            if found not in asked[at:]:
                raise Bad(seq, "inserted", "This policy does not belong there.")
            is_there = any((read_text(line) or {}).get("sha256") == sha256 for line in rest)
            raise Bad(seq, "reordered" if is_there else "missing", "The policy of this entry is not there.")
        if type(value["version"]) is bool or value["version"] != version:
            raise Bad(seq, "changed", "The policy of this entry is of another version.")
        if "why" in value:
            continue
        try:
            is_right = is_signed_policy(value, tenant)
        except (ValueError, KeyError, TypeError):
            is_right = False
        if not is_right or hash_of(value["bundle"]) != sha256:
            raise Bad(seq, "changed", "The policy of this entry is not the one that was put in force.")
        with_text += 1
    if lines is not None and len(rest) > len(asked):
        raise Bad(0, "inserted", "There is a policy that no entry asks for.")
    return {"inForce": len(named), "withText": with_text} if named else None


def read_text(line):
    """A line of earlier-policies.jsonl; None for what is none."""
    try:
        value = read_json(line)
        is_text = set(value) == {"version", "sha256", "bundle", "tenantKey"} and isinstance(value["bundle"], str)
        is_word = set(value) == {"version", "sha256", "why"} and value["why"] == "not kept"
        return value if (is_text or is_word) and sha256_in(value) else None
    except (ValueError, KeyError, TypeError):
        return None


def sha256_in(value):
    sha256 = value.get("sha256")
    return sha256 if isinstance(sha256, str) and re.fullmatch(r"[0-9a-f]{64}", sha256) else None


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()
