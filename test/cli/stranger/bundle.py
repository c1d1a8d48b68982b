"""An evidence bundle."""
import hashlib
import re

from bad import Bad
from canonical import canonical, read_json
from checkpoint import Checkpoint, Key, check_kept, check_signature, from_base64, hashes
from entries import Walk, is_whole_number, read_entry
from filter import Filter
from lines import lines_of, text_of
from merkle import is_consistent, is_included
from policies import applied_by, check_earlier, check_policies, check_policy


def read_tar(data):
    files, at = {}, 0
    while True:
        header = data[at : at + 512]
        if len(header) < 512:
            raise Bad(0, "truncated", "The archive has no end.")
        if header == bytes(512):
            if data[at:].strip(b"\0"):
                raise Bad(0, "inserted", "Something follows the end of the archive.")
            if len(data) - at < 1024:
                raise Bad(0, "truncated", "The archive has half an end.")
            return files
        total = sum(header[:148]) + 8 * 32 + sum(header[156:])
        is_plain = header[257:262] == b"ustar" and header[156:157] == b"0" and header[345] == 0
        name, _, _ = header[:100].partition(b"\0")
        size, stated = octal(header[124:136]), octal(header[148:156])
        is_plain = is_plain and stated == total and re.fullmatch(rb"[A-Za-z0-9_.-]{1,99}", name) and size is not None
        if not is_plain or name.decode() in files or at + 512 + size > len(data):
            raise Bad(0, "truncated", "The archive is damaged.")
        files[name.decode()] = data[at + 512 : at + 512 + size]
        at += 512 + -(-size // 512) * 512


def octal(field):
    digits = field.rstrip(b"\0 ")
    return int(digits, 8) if re.fullmatch(rb"[0-7]+", digits) else None


def read_manifest(text):
    """ValueError, KeyError or TypeError for what is none."""
    manifest = read_json(text)
    if manifest["format"] != "bulkhead-evidence" or manifest["v"] != 1 or type(manifest["v"]) is bool:
        raise ValueError("another format")
    files = manifest["files"]
    is_right = isinstance(manifest["origin"], str) and isinstance(files, list)
    is_right = is_right and all(map(is_count, [manifest["entries"], manifest["covered"]]))
    for each in files if is_right else []:
        is_right = is_right and isinstance(each["name"], str) and isinstance(each["sha256"], str) and is_count(each["bytes"])
    if not is_right:
        raise ValueError("not a manifest")
    return manifest, Filter(manifest.get("filter"))


def is_count(value):
    return is_whole_number(value) and value >= 0


def check_bundle(data, key, kept):
    files = read_tar(data)
    text = lambda name: text_of(files.get(name, b""))
    lines = lambda name: lines_of(files.get(name, b""))
    try:
        checkpoint = Checkpoint(text("checkpoint.txt"))
        manifest, filter_ = read_manifest(text("manifest.json"))
    except (ValueError, KeyError, TypeError):
        raise Bad(0, "truncated", "There is no checkpoint, or no manifest.")
    gaps = filter_.gaps
    enclosed = [Key(line) for line in text("keys.txt").split("\n") if is_key(line)]
    own = key or next((each for each in enclosed if each.name == checkpoint.origin), None)
    signature = check_signature(checkpoint, own)
    if kept:
        check_kept(checkpoint, kept)
    earlier = {}
    consistency = None
    try:
        earlier = check_consistency(lines("consistency.jsonl"), checkpoint, kept)
    except Bad as bad:
        consistency = bad
    if gaps == "none" and "proofs.jsonl" in files:
        raise Bad(0, "inserted", "Nothing is left out, so there are no proofs.")
    if gaps != "none" and "proofs.jsonl" not in files:
        raise Bad(0, "missing", "There is no proofs.jsonl.")
    roots = {**earlier, kept.size: kept.root} if kept else earlier
    walk = Walk(lines("entries.jsonl"), checkpoint, gaps, roots)
    proofs = iter(lines("proofs.jsonl"))
    applied = []

    def also(entry, leaf):
        if gaps != "none":
            check_proof(entry, leaf, next(proofs, ""), checkpoint)
        if applied_by(entry) is not None:
            applied.append((entry["seq"], leaf))
        filter_.check(entry)

    walk.run(also)
    if next(proofs, None) is not None:
        raise Bad(0, "inserted", "There are more proofs than entries.")
    if consistency:
        raise consistency
    if kept and gaps != "none" and kept.size != checkpoint.size and kept.size not in earlier:
        raise Bad(0, "missing", "Nothing proves what the kept checkpoint covers.")
    bodies = check_bodies(walk.lines, lines("bodies.jsonl")) if "bodies.jsonl" in files else None
    in_force = check_policies(lines("policies.jsonl"), checkpoint, applied, gaps == "none")
    last = in_force[-1][1] if in_force else None
    policy, sha256 = check_policy(text("policy.json"), checkpoint, last) if "policy.json" in files else (None, None)
    earlier = lines("earlier-policies.jsonl") if "earlier-policies.jsonl" in files else None
    policies = check_earlier(earlier, in_force, sha256, checkpoint.tenant)
    check_manifest(files, manifest, walk.entries, checkpoint)
    if signature == "valid" and key is None:
        signature = "enclosed"
    found = {"entries": walk.entries, "isComplete": gaps == "none", "isProven": True, "signature": signature}
    found = {**found, "covered": checkpoint.size, **walk.last_at}
    return {**found, **({"bodies": bodies} if bodies else {}), **({"policy": policy} if policy else {}), **({"policies": policies} if policies else {})}


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
        if not is_whole_number(proof["seq"]) or proof["seq"] != seq:
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
            if not is_whole_number(value["size"]):
                raise ValueError("not a size")
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


def read_body(line):
    """ValueError, KeyError or TypeError for what is neither a body nor a reason why there is none."""
    value = read_json(line)
    is_right = is_whole_number(value["seq"]) and set(value) in ({"seq", "body"}, {"seq", "why"})
    if not is_right or value.get("why", "dropped") not in ("dropped", "destroyed", "lost", "locked", "damaged"):
        raise ValueError("not a body")
    if not isinstance(value.get("body", {}), dict):
        raise ValueError("not a body")
    return value


def check_bodies(entries, lines):
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
            value = read_body(line)
        except (ValueError, KeyError, TypeError):
            raise Bad(seq, "changed", "In the place of the body is something else.")
        at = value["seq"]
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
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        return False


def seq_of(line):
    try:
        return int(read_body(line)["seq"])
    except (ValueError, KeyError, TypeError):
        return 0


def check_manifest(files, manifest, entries, checkpoint):
    named = {each["name"]: each for each in manifest["files"]}
    if len(named) < len(manifest["files"]):
        raise Bad(0, "changed", "The manifest names a file twice.")
    for name in files:
        if name == "manifest.json":
            continue
        if name not in named:
            raise Bad(0, "inserted", "The manifest does not name " + name)
        said = named.pop(name)
        if said["bytes"] != len(files[name]) or said["sha256"] != hashlib.sha256(files[name]).hexdigest():
            raise Bad(0, "changed", name + " is not what the manifest says.")
    if named:
        raise Bad(0, "missing", "There is no " + next(iter(named)))
    if manifest["entries"] != entries:
        raise Bad(0, "changed", "The manifest says another number of entries.")
    if (manifest["covered"], manifest["origin"]) != (checkpoint.size, checkpoint.origin):
        raise Bad(0, "changed", "The manifest says another checkpoint.")
