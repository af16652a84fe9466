"""What a password costs whoever guesses it; the other tests take the least that Argon2 takes."""

from django.contrib.auth.hashers import check_password, make_password

from luoshi.organisation.passwords import Argon2


def test_a_password_costs_what_owasp_asks(cost_of_passwords, monkeypatch):
    for name, cost in cost_of_passwords.items():
        monkeypatch.setattr(Argon2, name, cost)
    kept = make_password("Luohu-2026-tai")
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("Luohu-2026-tai", kept)
    assert not check_password("Luohu-2026-tae", kept)
