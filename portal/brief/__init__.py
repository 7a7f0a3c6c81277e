"""The brief of a topic: one or two printed pages that say what its page says on top, with sources."""
