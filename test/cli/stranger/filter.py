"""What an export says it was asked for."""
import datetime
import re

from bad import Bad


def instant(text):
    """Milliseconds. ValueError for what is no instant in UTC."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?Z", text, re.ASCII)
    if not found:
        raise ValueError("not an instant")
    *parts, fraction = found.groups(default="0")
    time = datetime.datetime(*map(int, parts), tzinfo=datetime.timezone.utc)
    return int(time.timestamp()) * 1000 + int(fraction[:3].ljust(3, "0"))


def is_denied(entry):
    gates = entry.get("gates")
    gates = gates if isinstance(gates, list) else []
    has_no = any(isinstance(gate, dict) and gate.get("ok") is False for gate in gates)
    return entry.get("kind") == "call.denied" or (entry.get("kind") == "call.outcome" and has_no)


def principal(entry, name):
    found = entry.get("principal")
    return found.get(name) if isinstance(found, dict) else None


TESTS = {
    "from": lambda entry, given: instant(entry["at"]) >= instant(given),
    "to": lambda entry, given: instant(entry["at"]) <= instant(given),
    "customer": lambda entry, given: entry.get("customer") == given,
    "cross": lambda entry, given: entry.get("cross") == given,
    "tool": lambda entry, given: entry.get("tool") == given,
    "client": lambda entry, given: principal(entry, "client") == given,
    "technician": lambda entry, given: given in (principal(entry, "id"), principal(entry, "name")),
    "kinds": lambda entry, given: entry.get("kind") in given,
    "denied": lambda entry, given: is_denied(entry),
}


class Filter:
    def __init__(self, value):
        """ValueError for what is none."""
        self.asked = {} if value is None else value
        if not isinstance(self.asked, dict):
            raise ValueError("not a filter")
        for name, given in self.asked.items():
            is_right = {"kinds": isinstance(given, list), "denied": given is True}.get(name, isinstance(given, str))
            if name in TESTS and not is_right:
                raise ValueError("not a filter")
            if name in ("from", "to"):
                instant(given)

    @property
    def gaps(self):
        if not self.asked:
            return "none"
        return "ends" if set(self.asked) <= {"from", "to"} else "anywhere"

    def check(self, entry):
        for name, given in self.asked.items():
            try:
                is_met = name not in TESTS or TESTS[name](entry, given)
            except ValueError:  # A day that no month has.
                is_met = False
            if not is_met:
                raise Bad(entry["seq"], "inserted", "The filter leaves this entry out.")
