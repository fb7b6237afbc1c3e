"""Making what can be shown out of what was sent: foreign programs in a confined process each, one job at a
time."""
