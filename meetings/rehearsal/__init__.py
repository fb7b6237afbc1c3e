"""Simulated tablets: a program of its own that behaves as a hall of browsers does, and what its figures mean.

Nothing here touches the database. `pilot` starts the program (`tablets`), `measures` judges what it found.
"""
