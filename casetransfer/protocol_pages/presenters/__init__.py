"""What the pages of the protocol show, ready made."""
