"""The site: settings, addresses, the frame of every page; the only room that knows every room."""
