"""What organisers enter at the desk of an edition."""
