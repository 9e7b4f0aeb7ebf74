"""Playing H5P of others: a frame on an opaque origin, and the files that it may load.

docs/adr/0019-h5p-on-an-opaque-origin.md says why it is so.
"""
