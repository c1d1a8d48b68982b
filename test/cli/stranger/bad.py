"""What is wrong with evidence: the entry, one of the words of the page, and a sentence."""

WORDS = ("changed", "missing", "reordered", "inserted", "truncated", "forked", "wrong key")


class Bad(Exception):
    def __init__(self, seq, what, problem):
        super().__init__(problem)
        assert what in WORDS
        self.seq, self.what, self.problem = seq, what, problem
