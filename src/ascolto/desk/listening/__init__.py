"""What is said of us in public: the stream, a mention, monitors, sources."""
