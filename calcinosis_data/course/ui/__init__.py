"""Part of the calcinosis course."""
