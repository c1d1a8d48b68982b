"""An evidence bundle."""
import hashlib

from bad import Bad
from canonical import canonical, read_json
from checkpoint import Checkpoint, Key, check_kept, check_signature, from_base64, from_base64url
from ed25519 import is_signed
from entries import Walk, gaps_of, is_whole_number, leaf_of, read_entry
from merkle import is_consistent, is_included


def read_tar(data):
    files, at = {}, 0
    while True:
        header = data[at : at + 512]
        if len(header) < 512:
            raise Bad(0, "truncated", "The archive has no end.")
        if header == bytes(512):
            return files
        total = sum(header[:148]) + 8 * 32 + sum(header[156:])
        try:
            size, stated = int(header[124:136].rstrip(b"\0 "), 8), int(header[148:156].rstrip(b"\0 "), 8)
            name = header[:100].rstrip(b"\0").decode("ascii")
        except ValueError:
            raise Bad(0, "truncated", "The archive is damaged.")
        is_plain = header[257:262] == b"ustar" and header[156:157] == b"0" and stated == total and header[345] == 0
        if not is_plain or name in files or at + 512 + size > len(data):
            raise Bad(0, "truncated", "The archive is damaged.")
        files[name] = data[at + 512 : at + 512 + size]
        at += 512 + -(-size // 512) * 512


def lines_of(files, name):
    text = files.get(name, b"").decode("utf-8", "surrogateescape")
    return text.split("\n")[:-1] if text.endswith("\n") else text.split("\n") if text else []


def hashes(value):
    if not isinstance(value, list):
        raise ValueError("not a proof")
    return [from_base64(each) for each in value]


def check_bundle(data, key, kept):
    files = read_tar(data)
    try:
        checkpoint = Checkpoint(files["checkpoint.txt"].decode())
        manifest = read_json(files["manifest.json"].decode())
        if manifest["format"] != "bulkhead-evidence" or manifest["v"] != 1:
            raise ValueError("another format")
        gaps = gaps_of(manifest["filter"])
    except (ValueError, KeyError, TypeError):
        raise Bad(0, "truncated", "There is no checkpoint, or no manifest.")
    enclosed = [Key(line) for line in lines_of(files, "keys.txt") if is_key(line)]
    own = key or next((each for each in enclosed if each.name == checkpoint.origin), None)
    signature = check_signature(checkpoint, own)
    if kept:
        check_kept(checkpoint, kept)
    earlier = {}
    consistency = None
    try:
        earlier = check_consistency(lines_of(files, "consistency.jsonl"), checkpoint, kept)
    except Bad as bad:
        consistency = bad
    roots = {**earlier, kept.size: kept.root} if kept else earlier
    walk = Walk(lambda: lines_of(files, "entries.jsonl"), checkpoint, gaps, roots)
    proofs = iter(lines_of(files, "proofs.jsonl"))
    walk.run(lambda entry, leaf: gaps == "none" or check_proof(entry, leaf, next(proofs, ""), checkpoint))
    if consistency:
        raise consistency
    if kept and gaps != "none" and kept.size != checkpoint.size and kept.size not in earlier:
        raise Bad(0, "missing", "Nothing proves what the kept checkpoint covers.")
    bodies = check_bodies(lines_of(files, "entries.jsonl"), lines_of(files, "bodies.jsonl"), "bodies.jsonl" in files)
    applied = check_policies(lines_of(files, "policies.jsonl"), checkpoint)
    if "policy.json" in files:
        check_policy(files["policy.json"].decode(), checkpoint, applied)
    check_manifest(files, manifest, walk.entries)
    if signature == "valid" and key is None:
        signature = "enclosed"
    found = {"entries": walk.entries, "isComplete": gaps == "none", "isProven": True, "signature": signature}
    return {**found, "bodies": bodies} if bodies else found


def is_key(line):
    try:
        return bool(Key(line))
    except ValueError:
        return False


def check_proof(entry, leaf, line, checkpoint):
    seq = entry["seq"]
    try:
        proof = read_json(line)
        path = hashes(proof["inclusion"])
        if proof["seq"] != seq:
            raise ValueError("of another entry")
    except (ValueError, KeyError, TypeError):
        raise Bad(seq, "missing", "The proof of the entry is missing.")
    if not is_included(seq - 1, leaf, checkpoint.size, checkpoint.root, path):
        raise Bad(seq, "changed", "The path does not lead to the root.")


def check_consistency(lines, checkpoint, kept):
    earlier = {}
    for line in lines:
        size = 0
        try:
            value = read_json(line)
            size, root = int(value["size"]), from_base64(value["root"])
            is_right = is_consistent(size, root, checkpoint.size, checkpoint.root, hashes(value["proof"]))
        except (ValueError, KeyError, TypeError):
            is_right = False
        if not is_right:
            raise Bad(size, "forked", "An earlier tree is not the beginning of this one.")
        if kept and kept.size == size and kept.root != root:
            raise Bad(size, "forked", "The kept checkpoint is of other entries.")
        earlier[size] = root
    return earlier


def check_bodies(entries, lines, is_there):
    if not is_there:
        return None
    opened = absent = 0
    lines = iter(lines)
    for entry, _ in map(read_entry, entries):
        if "body" not in entry:
            continue
        seq = entry["seq"]
        line = next(lines, None)
        if line is None:
            raise Bad(seq, "missing", "Nothing is said of the body of this entry.")
        try:
            value = read_json(line)
            at = value["seq"]
            is_right = is_whole_number(at) and set(value) in ({"seq", "body"}, {"seq", "why"})
            is_right = is_right and value.get("why") in (None, "dropped", "destroyed", "locked", "damaged")
            is_right = is_right and ("why" in value or isinstance(value["body"], dict))
        except (ValueError, KeyError, TypeError):
            is_right = False
        if not is_right:
            raise Bad(seq, "changed", "In the place of the body is something else.")
        if at > seq:
            raise Bad(seq, "missing", "Nothing is said of the body of this entry.")
        if at < seq:
            raise Bad(at, "inserted", "This body does not belong there.")
        if "why" in value:
            absent += 1
            continue
        if not is_committed(value["body"], entry["body"]):
            raise Bad(seq, "changed", "The body is not what the entry commits to.")
        opened += 1
    more = next(lines, None)
    if more is not None:
        raise Bad(seq_of(more), "inserted", "There is a body that no entry commits to.")
    return {"opened": opened, "absent": absent}


def is_committed(body, committed):
    try:
        return hashlib.sha256((committed["salt"] + canonical(body)).encode()).hexdigest() == committed["commitment"]
    except (ValueError, KeyError, TypeError):
        return False


def seq_of(line):
    try:
        return int(read_json(line)["seq"])
    except (ValueError, KeyError, TypeError):
        return 0


def check_policies(lines, checkpoint):
    """What was put in force, by version: the hash of its text."""
    applied = {}
    for line in lines:
        seq = 0
        try:
            value = read_json(line)
            entry = value["entry"]
            seq, version = entry["seq"], entry["params"]["version"]
            is_right = is_included(seq - 1, leaf_of(entry), checkpoint.size, checkpoint.root, hashes(value["inclusion"]))
        except (ValueError, KeyError, TypeError):
            is_right = False
        if not is_right:
            raise Bad(seq, "changed", "An entry of policies.jsonl is not in the tree.")
        applied[version] = entry["params"].get("sha256")
    return applied


def check_policy(text, checkpoint, applied):
    try:
        value = read_json(text)
        bundle, version = value["bundle"], value["version"]
        head, payload, signature = bundle.split(".")
        header, said = read_json(from_base64url(head)), read_json(from_base64url(payload))
        is_right = (
            header["alg"] == "EdDSA"
            and header["typ"] == "bulkhead-bundle+jwt"
            and said["version"] == version
            and said["tenant"]["id"] == checkpoint.tenant
            and is_signed(from_base64url(value["tenantKey"]), (head + "." + payload).encode(), from_base64url(signature))
        )
    except (ValueError, KeyError, TypeError):
        is_right = False
    if not is_right:
        raise Bad(0, "changed", "The policy is not signed by the company's key.")
    if applied.get(version) not in (None, hashlib.sha256(bundle.encode()).hexdigest()):
        raise Bad(0, "changed", "The policy is not the one that was put in force.")


def check_manifest(files, manifest, entries):
    try:
        named = {each["name"]: each["sha256"] for each in manifest["files"]}
    except (KeyError, TypeError):
        raise Bad(0, "changed", "The manifest names no files.")
    for name in files:
        if name == "manifest.json":
            continue
        if name not in named:
            raise Bad(0, "inserted", "The manifest does not name " + name)
        if hashlib.sha256(files[name]).hexdigest() != named[name]:
            raise Bad(0, "changed", name + " is not what the manifest says.")
    for name in named:
        if name not in files:
            raise Bad(0, "missing", "There is no " + name)
    if manifest.get("entries") != entries:
        raise Bad(0, "changed", "The manifest says another number of entries.")
