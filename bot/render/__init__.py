"""Domain values to what a member sees. No await, no input or output."""
