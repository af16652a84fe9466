"""E-mail by Django's mail back end, whose server the settings name."""

from dataclasses import dataclass
from smtplib import SMTPException
from typing import ClassVar

from django.core.mail import EmailMessage

from luoshi.notices.channels.message import Message, NotTaken


@dataclass(frozen=True, slots=True)
class Email:
    """Sends one mail for each message; its id is the same at every try."""

    name: ClassVar[str] = "email"
    needs_address: ClassVar[bool] = True

    def send(self, message: Message) -> None:
        """Hand the mail to the server."""
        mail = EmailMessage(
            subject=message.subject,
            body=message.text,
            to=[message.address],
            headers={"Message-ID": f"<{message.id}@luoshi>", "Auto-Submitted": "auto-generated"},
        )
        try:
            mail.send()
        except (SMTPException, OSError) as cause:
            raise NotTaken(type(cause).__name__) from cause
