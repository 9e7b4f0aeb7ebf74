"""Whether an .h5p file of others can be taken in. Plain Python: nothing is written or run."""
