"""What is said of us in public: monitors, mentions, and when they come in a wave."""
