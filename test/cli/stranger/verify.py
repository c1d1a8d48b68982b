"""Checks a Bulkhead export or evidence bundle. Written from docs/audit-format.md alone, to show that the page is enough: in
another language than Bulkhead, with nothing but Python's standard library. Slow, and meant to be read.

    python3 verify.py [--key TEXT] [--checkpoint FILE] FILE …

Prints a line for each file, {"ok", "entries", "isComplete", "isProven", "signature", "covered", "lastAt"?, "lastClock"?, "bodies"?, "policy"?},
or {"ok", "firstBad": {"seq", "what", "problem"}}; exits 0 when all are ok, else 1. Believes nothing in a file.
"""
import json
import sys

sys.dont_write_bytecode = True  # Nothing is left behind where it lies.

from bad import Bad
from bundle import check_bundle, is_archive
from canonical import read_json
from checkpoint import Checkpoint, Key, check_kept, check_signature
from entries import Walk
from filter import Filter
from lines import lines_of


def check_export(data, key, kept):
    lines = lines_of(data)
    try:
        end = read_json(lines[-1])
        checkpoint, filter_ = Checkpoint(end["checkpoint"]), Filter(end.get("filter"))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise Bad(len(lines), "truncated", "The last line is not a checkpoint.")
    gaps = filter_.gaps
    signature = check_signature(checkpoint, key)
    if kept:
        check_kept(checkpoint, kept)
        if gaps != "none" and kept.size != checkpoint.size:
            raise Bad(0, "missing", "Nothing proves what the kept checkpoint covers.")
    walk = Walk(lines[:-1], checkpoint, gaps, {kept.size: kept.root} if kept else {})
    walk.run(lambda entry, leaf: filter_.check(entry))
    found = {"entries": walk.entries, "isComplete": gaps == "none", "isProven": gaps == "none", "signature": signature}
    return {**found, "covered": checkpoint.size, **walk.last_at}


def kept_from(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    try:
        return Checkpoint(text)
    except ValueError:
        return Checkpoint(read_json(text.rstrip("\n").split("\n")[-1])["checkpoint"])


def verdict_of(path, key, kept):
    with open(path, "rb") as file:
        data = file.read()
    try:
        check = check_bundle if is_archive(data[:512]) else check_export
        return {"ok": True, **check(data, key, kept)}
    except Bad as bad:
        found = {"seq": bad.seq, "what": bad.what, "problem": bad.problem}
    except Exception as error:  # Whatever it stumbles over is no evidence.
        found = {"seq": 0, "what": "changed", "problem": "Not readable: " + repr(error)}
    return {"ok": False, "firstBad": found}


def main(arguments):
    key = kept = None
    while arguments and arguments[0] in ("--key", "--checkpoint"):
        option, value, *arguments = arguments
        if option == "--key":
            key = Key(value)
        else:
            kept = kept_from(value)
    verdicts = [verdict_of(path, key, kept) for path in arguments]
    for verdict in verdicts:
        print(json.dumps(verdict))
    return 0 if all(verdict["ok"] for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
