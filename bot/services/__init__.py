"""Use cases: one transaction each; they raise, the front door translates."""
