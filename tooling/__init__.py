"""What ``./dev`` does; nothing here runs in an installed Luoshi."""
