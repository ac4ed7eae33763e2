"""The Puwan stream of 28 June again: three hours in about a minute, through the real parts."""
