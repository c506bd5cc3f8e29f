"""Front doors: one module per capability; parse, call one thing, render, reply."""
