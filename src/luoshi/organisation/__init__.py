"""组织: districts, units valid by date, posts, people, sign-in."""
