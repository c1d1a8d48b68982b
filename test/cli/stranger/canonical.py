"""JSON, and its canonical text (RFC 8785)."""
import json
import math


def read_json(text):
    """The value of a JSON text. ValueError for any other, where an object names a member twice, and for what nests too deeply."""

    def members(pairs):
        value = dict(pairs)
        if len(value) != len(pairs):
            raise ValueError("a member is named twice")
        return value

    def refuse(text):
        raise ValueError(text + " is not JSON")

    try:
        return json.loads(text, object_pairs_hook=members, parse_constant=refuse)
    except RecursionError:
        raise ValueError("nested too deeply")


def canonical(value):
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return canonical_number(float(value))
    if isinstance(value, str):
        return canonical_string(value)
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return "{" + ",".join(canonical_string(name) + ":" + canonical(value[name]) for name in names) + "}"


ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def canonical_string(text):
    return '"' + "".join(ESCAPES.get(c) or ("\\u%04x" % ord(c) if c < " " else c) for c in text) + '"'


def canonical_number(number):
    """As ECMAScript writes a double (RFC 8785, section 3.2.2.3)."""
    if not math.isfinite(number):
        raise ValueError("a number without end")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    mantissa, exponent = ("%r" % abs(number)), 0
    if "e" in mantissa:
        mantissa, power = mantissa.split("e")
        exponent = int(power)
    whole, _, part = mantissa.partition(".")
    digits = whole + part
    point = len(whole) + exponent  # The value is 0.digits times ten to the power of `point`.
    point -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    count = len(digits)
    if count <= point <= 21:
        return sign + digits + "0" * (point - count)
    if 0 < point <= 21:
        return sign + digits[:point] + "." + digits[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + digits
    power = point - 1
    tail = ("." + digits[1:] if count > 1 else "") + "e" + ("+" if power > 0 else "-") + str(abs(power))
    return sign + digits[0] + tail
