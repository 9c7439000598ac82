"""The graph store: the embedded engine, the document store, snapshots for readers, and the processes that answer queries."""
