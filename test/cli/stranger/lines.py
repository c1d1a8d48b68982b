"""The text of a file, and its lines."""

LONGEST_LINE = 4 * 1024 * 1024
LONGEST_PROOF = 16 * 1024
LONGEST_TEXT = 8 * 1024 * 1024


def text_of(data, longest=LONGEST_TEXT):
    """Of bytes that are too many, or not UTF-8, nothing: that is no JSON text."""
    try:
        return data.decode("utf-8") if len(data) <= longest else ""
    except UnicodeDecodeError:
        return ""


def lines_of(data, longest=LONGEST_LINE):
    """Nothing in the place of a line that is too long, not UTF-8 or not ended by a line feed."""
    *lines, rest = data.split(b"\n")
    return [text_of(line, longest) for line in lines] + ([""] if rest else [])
