"""`python -m giggamon_compiler`: the command line."""

from giggamon_compiler.cli import main

if __name__ == "__main__":
    main()
