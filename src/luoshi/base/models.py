"""The journal's tables, what stands outside its entries, and the shape of every spell."""

from typing import ClassVar

from django.db import models

OPEN = 2**62
"""``known_to`` of what is still so, as known now."""


class Line(models.Model):
    """The one number line of a district: locked by every append, so numbers follow commits."""

    district = models.UUIDField(primary_key=True)
    last_number = models.BigIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    seals = models.IntegerField(default=0)
    last_seal = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "journal_line"
        constraints: ClassVar = [
            models.CheckConstraint(name="line_counts_up", condition=models.Q(last_number__gte=0))
        ]

    def __str__(self) -> str:
        return f"{self.district} up to {self.last_number}"


class Thread(models.Model):
    """The head of a thread: how many entries it has and the digest of the last one."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    kind = models.CharField(max_length=32)
    count = models.IntegerField()
    last_number = models.BigIntegerField()
    last_digest = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_thread"
        indexes: ClassVar = [
            models.Index(fields=["district", "kind", "last_number"], name="thread_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}, {self.count} entries"


class JournalEntry(models.Model):
    """One entry: written once, refused UPDATE and DELETE by trigger; header after house.md §1."""

    pk = models.CompositePrimaryKey("district", "number")
    district = models.UUIDField()
    number = models.BigIntegerField()
    thread = models.UUIDField()
    no = models.IntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by_person = models.UUIDField()
    by_post = models.UUIDField(null=True)
    for_unit = models.UUIDField(null=True)
    command_id = models.UUIDField()
    kind = models.CharField(max_length=64)
    version = models.SmallIntegerField()
    algorithm = models.CharField(max_length=16)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    body = models.TextField()

    class Meta:
        db_table = "journal_entry"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thread", "no"], name="entry_thread_no"),
            models.CheckConstraint(
                name="entry_counts_from_one", condition=models.Q(no__gte=1, number__gte=1)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["district", "command_id"], name="entry_by_command"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}, {self.kind} on {self.on}"


class Seal(models.Model):
    """A Merkle root over a range of numbers, chained to the seal before it."""

    pk = models.CompositePrimaryKey("district", "no")
    district = models.UUIDField()
    no = models.IntegerField()
    first_number = models.BigIntegerField()
    last_number = models.BigIntegerField()
    algorithm = models.CharField(max_length=16)
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_seal"

    def __str__(self) -> str:
        return f"seal {self.no} over {self.first_number}-{self.last_number}"


class StoredText(models.Model):
    """A free text or name outside the journal, under its salted digest.

    A redaction removes text and salt.
    """

    pk = models.CompositePrimaryKey("district", "digest")
    district = models.UUIDField()
    digest = models.CharField(max_length=64)
    thread = models.UUIDField(db_index=True)
    salt = models.BinaryField(null=True)
    text = models.TextField(null=True)  # noqa: DJ001  null says redacted; "" is a text
    redacted_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "journal_text"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="text_and_salt_go_together",
                condition=models.Q(salt=None, text=None, redacted_by__isnull=False)
                | models.Q(salt__isnull=False, text__isnull=False, redacted_by=None),
            )
        ]

    def __str__(self) -> str:
        return f"text {self.digest}"  # never the text itself: it may be personal


class StoredFile(models.Model):
    """An evidence file: the entry holds the salted digest, the disk the content.

    ``content`` is the digest of the content alone: the name of its file on the disk.
    """

    pk = models.CompositePrimaryKey("district", "digest")
    district = models.UUIDField()
    digest = models.CharField(max_length=64)
    thread = models.UUIDField(db_index=True)
    salt = models.BinaryField(null=True)
    content = models.CharField(max_length=64, null=True)  # noqa: DJ001  null says redacted
    redacted_by = models.BigIntegerField(null=True)

    class Meta:
        db_table = "journal_file"

    def __str__(self) -> str:
        return f"file {self.digest}"


class Outbox(models.Model):
    """A notice written with its cause, in one transaction; who delivers it holds a lease.

    ``ask`` is the key by which a later entry of the thread answers it, "" where nothing is asked.
    ``answered`` and ``dropped`` are the numbers of the entries that answered it or made an answer
    needless. What concerns delivery says nothing about the cause.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    cause = models.BigIntegerField()
    thread = models.UUIDField()
    code = models.CharField(max_length=64)
    audience_kind = models.CharField(max_length=8)
    audience = models.CharField(max_length=40)
    facts = models.TextField()
    ask = models.CharField(max_length=80, default="")
    at = models.DateTimeField()
    by_person = models.UUIDField()
    by_post = models.UUIDField(null=True)
    from_unit = models.UUIDField(null=True)
    answered = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    dropped = models.BigIntegerField(null=True)
    delivered_at = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "journal_outbox"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="outbox_answer_has_its_moment",
                condition=models.Q(answered=None, answered_at=None)
                | models.Q(answered__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="outbox_claim_has_its_lease",
                condition=models.Q(claimed_by=None, lease_until=None)
                | models.Q(claimed_by__isnull=False, lease_until__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["at"], condition=models.Q(delivered_at=None), name="outbox_waiting"
            ),
            models.Index(
                fields=["thread"],
                condition=models.Q(answered=None, dropped=None) & ~models.Q(ask=""),
                name="outbox_open_asks",
            ),
            models.Index(fields=["district", "at"], name="outbox_by_day"),
            models.Index(fields=["district", "cause"], name="outbox_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.code} to {self.audience_kind} {self.audience}"


class CommandAnswer(models.Model):
    """What a command beside the journal answered, so that the same key gives the same again.

    Kept for a day. ``content`` is the digest of what was asked; "" as ``answer`` says that the
    command was begun and has not ended.
    """

    pk = models.CompositePrimaryKey("district", "person", "command_id")
    district = models.UUIDField()
    person = models.UUIDField()
    command_id = models.UUIDField()
    content = models.CharField(max_length=64)
    answer = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        db_table = "command_answer"
        indexes: ClassVar = [models.Index(fields=["district", "at"], name="answer_by_age")]

    def __str__(self) -> str:
        return f"answer to {self.command_id}"


class Spell(models.Model):
    """What lists show of a thread from one day to another, as known between two journal numbers.

    Both pairs are half open: the day ``to_day`` and the number ``known_to`` no longer belong to the
    spell.
    """

    district = models.UUIDField()
    thread = models.UUIDField()
    from_day = models.DateField()
    to_day = models.DateField()
    known_from = models.BigIntegerField()
    known_to = models.BigIntegerField(default=OPEN)

    class Meta:
        abstract = True
