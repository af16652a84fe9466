"""Reading work reports: from text on paper to statements."""
