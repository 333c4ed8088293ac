"""What the pages of this room show, ready made."""
