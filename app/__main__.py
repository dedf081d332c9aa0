"""`python -m app` is `slowprop`."""

from app.cli import main

if __name__ == "__main__":
    main()
