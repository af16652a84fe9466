"""Lists printed on paper (PDF): from glyphs and ruled lines to the same grids as sheets."""
