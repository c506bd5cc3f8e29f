"""Data in and out: what people write, and files of what is kept."""
