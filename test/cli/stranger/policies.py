"""The policies that were in force, and the text of the last one."""
import hashlib

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


def check_policies(lines, checkpoint, expected):
    """The last entry's `params`. `expected`: places and leaves of all such entries, in a bundle that leaves none out."""
    found = []
    last = None
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
        last = applied_by(entry)
    if expected is not None and found != expected:
        raise Bad(0, "changed", "policies.jsonl does not hold the entries that put a policy in force.")
    return last


def check_policy(text, checkpoint, applied):
    try:
        value = read_json(text)
        bundle, version = value["bundle"], value["version"]
        head, payload, signature = bundle.split(".")
        header, said = read_json(from_base64url(head)), read_json(from_base64url(payload))
        is_right = (
            header["alg"] == "EdDSA"
            and header["typ"] == "bulkhead-bundle+jwt"
            and type(version) in (int, float)
            and said["version"] == version
            and said["tenant"]["id"] == checkpoint.tenant
            and is_signed(from_base64url(value["tenantKey"]), (head + "." + payload).encode(), from_base64url(signature))
        )
    except (ValueError, KeyError, TypeError):
        is_right = False
    if not is_right:
        raise Bad(0, "changed", "The policy is not signed by the company's key.")
    if applied is None or applied["version"] != version:
        raise Bad(0, "changed", "No entry says that this policy was in force at the end.")
    if "sha256" in applied and applied["sha256"] != hashlib.sha256(bundle.encode()).hexdigest():
        raise Bad(0, "changed", "The policy is not the one that was put in force.")
    return {"version": version, "isRecorded": "sha256" in applied}
