"""One module per kind of resource. Each says why its endpoints are `async def` or `def`."""
