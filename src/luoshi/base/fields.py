"""Form fields that take what officials type, and say at the field what to do."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.wording import sentence_for
from luoshi.rules.amounts import exact
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal

TODAY = frozenset({"今天", "今日", "today"})


class DayField(forms.Field):
    """A typed day: 2026-6-30, 2026年6月30日, 6月底, 今天. The year left out is the present one."""

    kind = "day"  # how site/parts/field.html shows it: short, with a calendar at its end

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "off", "data-day": "", "placeholder": "2026-6-30"}
        )
        super().__init__(**{"widget": widget, **options})

    def to_python(self, value: Any) -> date | None:
        """Return the day, or a sentence that shows how to write one."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        today = timezone.localdate()  # noqa: TID251 - forms stand at the door
        if str(value).strip().lower() in TODAY:
            return today
        try:
            return parse_day(str(value), year=today.year)
        except Refusal as refusal:
            raise ValidationError(sentence_for(refusal)) from refusal

    def prepare_value(self, value: Any) -> Any:
        """Show a day as tables show it."""
        return value.isoformat() if isinstance(value, date) else value


class AmountField(forms.Field):
    """An amount in a unit: plain figures, thousands separators taken."""

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"widget": widget, **options})
        self.unit = unit

    def to_python(self, value: Any) -> Decimal | None:
        """Return the exact amount, or a sentence that says what is wrong with it."""
        if value in self.empty_values:
            return None
        text = str(value).replace(",", "").replace("，", "").strip()
        try:
            return exact(Decimal(text))
        except InvalidOperation as cause:
            raise ValidationError(
                _("«%(text)s» is no amount. Write figures, such as 103 or 38.1.") % {"text": text}
            ) from cause
        except Refusal as refusal:
            raise ValidationError(sentence_for(refusal)) from refusal
