"""Static files as they were gathered: they and their addresses stand while a server runs."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Gathered(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Works out the address of a file once: a page names some twenty."""

    def __init__(self, *arguments: object, **given: object) -> None:
        """Know no address yet."""
        super().__init__(*arguments, **given)
        self._address = cache(super().url)

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  Django's own
        """Return the address of a file, with the digest of its content in its name."""
        address: str = self._address(name, force)
        return address
