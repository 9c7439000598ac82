"""Who says what: frames of speech, acts of speech, and what is laid on whom."""
