"""Sample conferences: what happened once, and one that is being reviewed whenever the demo is loaded."""
