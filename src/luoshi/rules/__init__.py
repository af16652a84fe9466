"""The law in pure Python: no Django, no clock, no settings, no I/O."""
