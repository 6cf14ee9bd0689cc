"""Engines of SHACL: pySHACL as the reference, and faster ones where they are proven equal to it."""
