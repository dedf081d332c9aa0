"""The shapes that travel: one module per kind of resource, `base` for what they share."""
