"""What a user of `kg serve` gets, from a real server on loopback."""
