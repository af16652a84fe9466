"""Reports come in (读报告): documents to statements, statements to matters, reports and links."""
