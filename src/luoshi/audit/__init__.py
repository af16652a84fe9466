"""The audit list (审计): who, from where, did or read what, when, and with what outcome."""
