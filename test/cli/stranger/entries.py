"""The entries of an export, one after the other."""
import re

from bad import Bad
from canonical import canonical, read_json
from merkle import Tree, root_of, sha256

INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


def leaf_of(entry):
    return sha256(b"\x00" + canonical({name: entry[name] for name in entry if name != "leaf"}).encode())


def read_entry(line):
    """The entry of a line and its leaf, computed; None for what is no entry."""
    try:
        return read_value(read_json(line))
    except (ValueError, KeyError, TypeError):
        return None


def read_value(entry):
    """The same of a JSON value. ValueError, KeyError or TypeError for what is no entry."""
    is_entry = (
        is_whole_number(entry["seq"])
        and entry["seq"] > 0
        and all(isinstance(entry[name], str) for name in ("at", "tenant", "prev", "leaf"))
        and re.fullmatch(INSTANT, entry["at"], re.ASCII)
    )
    if not is_entry:
        raise ValueError("not an entry")
    try:
        return entry, leaf_of(entry)  # UnicodeEncodeError is a ValueError: half a surrogate pair.
    except (ArithmeticError, RecursionError):
        raise ValueError("an entry without a leaf")


def is_whole_number(value):
    return type(value) in (int, float) and abs(value) < 2**53 and value == int(value)


class Walk:
    """Step 2 to 4 of "Checking an export"."""

    def __init__(self, lines, checkpoint, gaps, earlier):
        self.lines, self.checkpoint, self.gaps, self.earlier = lines, checkpoint, gaps, earlier
        self.entries, self.leaves, self.tree = 0, [], Tree()
        self.last = None

    @property
    def last_at(self):
        if not self.last:
            return {}
        clock = self.last["clock"]
        says = isinstance(clock, str) and re.fullmatch(INSTANT, clock, re.ASCII)
        return {"lastAt": self.last["at"], **({"lastClock": clock} if says else {})}

    def run(self, also):
        for line in self.lines:
            found = read_entry(line)
            self.add(found)
            also(*found)
            self.entries += 1
        if self.gaps != "none":
            return
        checkpoint = self.checkpoint
        if self.tree.size < checkpoint.size:
            raise Bad(self.tree.size + 1, "truncated", "Entries are missing at the end.")
        if self.tree.root() != checkpoint.root:
            raise Bad(checkpoint.size, "forked", "The entries are not those of the checkpoint.")

    def add(self, found):
        next_ = self.last["seq"] + 1 if self.last else 1
        if found is None:
            raise Bad(next_, "changed", "This is no entry.")
        entry, leaf = found
        seq = entry["seq"]
        is_free = self.gaps == "anywhere" or (self.gaps == "ends" and self.last is None)
        place = max(seq, next_) if is_free else next_
        if leaf.hex() != entry["leaf"]:
            raise Bad(place, "changed", "The entry does not give its leaf.")
        if entry["tenant"] != self.checkpoint.tenant:
            raise Bad(place, "inserted", "The entry is of another tenant.")
        if seq != place:
            raise self.misplaced(seq, next_)
        if seq > self.checkpoint.size:
            raise Bad(seq, "inserted", "The entry is beyond the checkpoint.")
        if seq == next_ and entry["prev"] != (self.last["leaf"] if self.last else "0" * 64):
            raise self.broken(entry)
        if self.last and entry["at"] < self.last["at"]:
            raise Bad(seq, "reordered", "The entry is older than the one before.")
        self.last = {"seq": seq, "at": entry["at"], "clock": entry.get("clock"), "leaf": entry["leaf"]}
        self.leaves.append(leaf)
        if self.gaps == "none":
            self.tree.add(leaf)
            if seq in self.earlier and self.earlier[seq] != self.tree.root():
                raise Bad(seq, "forked", "An earlier checkpoint was of other entries.")

    def misplaced(self, seq, next_):
        """In the place of one entry is another, which is whole."""
        all_ = [found[0]["seq"] for found in map(read_entry, self.lines) if found]
        if self.last and seq == self.last["seq"]:
            return Bad(seq, "inserted", "The entry is there twice.")
        if seq > self.checkpoint.size:
            return Bad(next_, "inserted", "This entry does not belong there.")
        if next_ not in all_ and seq > next_:
            return Bad(next_, "missing", "The entry is not there.")
        if all_.count(seq) > 1:
            return Bad(next_, "inserted", "In its place is one that is there once more.")
        return Bad(next_, "reordered", "Entries were put in another order.")

    def broken(self, entry):
        """`prev` is not the leaf before. If one entry was changed and its leaf with it, its neighbours and the root tell which."""
        seq = entry["seq"]
        forked = Bad(seq, "forked", "Two histories were put together.")
        if self.gaps != "none" or not self.last:
            return forked
        rest = [found[0] for found in list(map(read_entry, self.lines))[seq:] if found]
        behind = [bytes.fromhex(each["leaf"]) for each in rest]
        as_before = self.leaves[:-1] + [bytes.fromhex(entry["prev"]), bytes.fromhex(entry["leaf"])] + behind
        if root_of(as_before) == self.checkpoint.root:
            return Bad(seq - 1, "changed", "The entry was changed, and its leaf with it.")
        if rest and root_of(self.leaves + [bytes.fromhex(rest[0]["prev"])] + behind) == self.checkpoint.root:
            return Bad(seq, "changed", "The entry was changed, and its leaf with it.")
        return forked
