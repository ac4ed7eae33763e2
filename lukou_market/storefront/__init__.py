"""The pages of buyers: streams, the live room, their orders and where the money went."""
