"""账号: how persons sign in, by whom accounts are made, and the three administrators."""
