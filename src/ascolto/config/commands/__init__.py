"""The commands, one a module: `arguments(parser)` and `run(options)`."""
