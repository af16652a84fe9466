"""Reports from the command line: files to statements, tables, and figures of how well."""
