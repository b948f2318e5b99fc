"""Official documents as PDF: what they say, how they look, and bytes that are the same every time."""
