"""Small lists of words of Chinese government reports, by what they say; no names of any place."""


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a text, divided by blanks and line ends."""
    return tuple(words.split())
