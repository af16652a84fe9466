"""A year that nobody lived: a second district for trying out, every fact drawn from one seed.

It is never mixed with facts: a district of its own, founded as a simulated one, with a code that no
division has. The same seed gives the same ledger, to the last digest.
"""

from luoshi.site.demo.simulated.build import steps
from luoshi.site.demo.simulated.town import CODE, NAME

__all__ = ["CODE", "NAME", "steps"]
