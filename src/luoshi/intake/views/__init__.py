"""Pages of handing in: the list of sheets, one sheet's preview, writing, withdrawing."""
