"""Pages of reports: the list, one in review, the sentence that a matter rests on."""
