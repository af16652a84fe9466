"""Reports as files: the text of txt, docx, pdf and html, or the reason why it cannot be read."""
