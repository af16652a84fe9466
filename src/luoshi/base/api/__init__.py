"""The machine's door: operations of rooms, their problems, lists, cursors and schema."""
