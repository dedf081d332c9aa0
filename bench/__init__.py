"""How fast the engine is, beside others, measured in one run. `python -m bench` does it all."""
