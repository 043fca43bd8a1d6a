"""What a customer said on the telephone, as the colleague who spoke with him wrote it down."""
