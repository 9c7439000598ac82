"""What happened: attacks, political acts, campaigns, and what ties one act to another."""
