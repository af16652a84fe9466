"""What is asked of a person and of how a unit is reached."""

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from luoshi.base.fields import DayField


class PersonForm(forms.Form):
    """Who somebody is. What is left empty stays as it is known, unless it is to be taken out."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=60)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    mail = forms.CharField(
        label=gettext_lazy("Mail"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    without = forms.MultipleChoiceField(
        label=gettext_lazy("Take out"),
        choices=[("phone", gettext_lazy("Telephone")), ("mail", gettext_lazy("Mail"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)


class ContactForm(forms.Form):
    """How a unit is reached from a day on."""

    label = forms.CharField(label=gettext_lazy("Desk or person"), max_length=60)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=30, required=False)
    mail = forms.CharField(label=gettext_lazy("Mail"), max_length=120, required=False)
    on = DayField(label=gettext_lazy("Holds from"))
    command_id = forms.UUIDField(widget=forms.HiddenInput)
