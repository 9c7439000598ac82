"""Persons and bodies: offices, structure, founding, designations, strengths."""
