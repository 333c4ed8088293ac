"""The front door: what comes in about a child, how urgent it is, what is decided, and whether the child was known."""
