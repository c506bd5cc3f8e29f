"""The rules of a reading group: plain, synchronous, deterministic."""
