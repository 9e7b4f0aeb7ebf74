"""Reading and writing YAML that people wrote: every fault with its line. No Django in it."""
