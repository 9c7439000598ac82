"""What a query's text says before any engine sees it: its words, what it may not name here, and where it goes wrong."""
