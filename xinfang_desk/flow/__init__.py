"""The work as steps and use cases, without Qt."""
